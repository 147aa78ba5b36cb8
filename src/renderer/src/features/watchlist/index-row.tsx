import { type ReactElement, useEffect, useRef } from 'react';
import { type Instrument, symbolOf } from '../../../../core/instrument.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { useSelection } from '../../stores/selection.ts';
import { followQuotes, UNKNOWN } from './live-row.ts';
import { SPARKLINE } from './sparkline-path.ts';

const WIDTH = 76;

/** The index above the list, with the day's line. */
export function IndexRow({ instrument }: { readonly instrument: Instrument }): ReactElement {
  const charted = useSelection((state) => state.instrument === instrument.key);
  const select = useSelection((state) => state.select);
  const row = useRef<HTMLButtonElement>(null);
  const ltp = useRef<HTMLElement>(null);
  const change = useRef<HTMLElement>(null);
  const spark = useRef<SVGPathElement>(null);
  const { key } = instrument;
  const style = priceStyleOf(instrument);

  useEffect(() => {
    if (row.current === null || ltp.current === null || change.current === null) return undefined;
    const cells = { row: row.current, ltp: ltp.current, change: change.current, rsi: null, spark: spark.current };
    return followQuotes(cells, key, style, WIDTH);
  }, [key, style]);

  return (
    <button ref={row} type="button" className="index-row" aria-pressed={charted} onClick={() => select(key)}>
      <span>{symbolOf(key)}</span>
      <b ref={ltp} className="watch-ltp">
        {UNKNOWN}
      </b>
      <em ref={change} className="watch-change">
        {UNKNOWN}
      </em>
      <svg viewBox={`0 0 ${WIDTH} ${SPARKLINE.height}`} width={WIDTH} height={SPARKLINE.height} aria-hidden>
        <path ref={spark} />
      </svg>
    </button>
  );
}
