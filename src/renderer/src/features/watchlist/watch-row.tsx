// biome-ignore-all lint/a11y/useSemanticElements: a virtual list places its rows itself, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays in one place, which points here with aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the element with the focus handles the keys
import { memo, type ReactElement, useEffect, useRef } from 'react';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Side } from '../../../../core/signal.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import type { RowSignal } from './last-signals.ts';
import { followQuotes, UNKNOWN } from './live-row.ts';
import { SPARKLINE } from './sparkline-path.ts';
import './watch-row.css';

interface WatchRowProps {
  readonly instrument: InstrumentKey;
  readonly name: string;
  readonly style: PriceStyle;
  readonly index: number;
  readonly top: number;
  /** The chart shows it. */
  readonly charted: boolean;
  /** The keyboard stands on it. */
  readonly active: boolean;
  readonly side: Side | undefined;
  readonly age: RowSignal['age'] | undefined;
  readonly onOpen: (instrument: InstrumentKey) => void;
}

/** Renders when its place or its badge changes, never for a price. */
export const WatchRow = memo(function WatchRow(props: WatchRowProps): ReactElement {
  const { instrument, style, index, side, age } = props;
  const row = useRef<HTMLDivElement>(null);
  const ltp = useRef<HTMLSpanElement>(null);
  const change = useRef<HTMLSpanElement>(null);
  const rsi = useRef<HTMLSpanElement>(null);
  const spark = useRef<SVGPathElement>(null);

  useEffect(() => {
    if (row.current === null || ltp.current === null || change.current === null) return undefined;
    const cells = {
      row: row.current,
      ltp: ltp.current,
      change: change.current,
      rsi: rsi.current,
      spark: spark.current,
    };
    return followQuotes(cells, instrument, style);
  }, [instrument, style]);

  return (
    // The list holds the focus and hears the keys; this is where a pointer may click.
    <div
      ref={row}
      id={rowId(instrument)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.charted}
      data-active={props.active || undefined}
      className="watch-row"
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onOpen(instrument)}
    >
      <span role="gridcell" className="watch-symbol" title={props.name}>
        <span>{symbolOf(instrument)}</span>
        {side === undefined ? null : (
          <b
            className="badge"
            data-side={side}
            data-age={age}
            title={age === 'forming' ? 'Forming: it may vanish before the bar closes' : undefined}
          >
            {side === 'buy' ? 'BUY' : 'SELL'}
          </b>
        )}
      </span>
      <span role="gridcell" ref={ltp} className="watch-ltp">
        {UNKNOWN}
      </span>
      <span role="gridcell" ref={change} className="watch-change">
        {UNKNOWN}
      </span>
      <span role="gridcell" ref={rsi} className="watch-rsi">
        {UNKNOWN}
      </span>
      <span role="gridcell" className="watch-spark">
        <svg viewBox={`0 0 ${SPARKLINE.width} ${SPARKLINE.height}`} {...SPARKLINE} aria-hidden>
          <path ref={spark} />
        </svg>
      </span>
    </div>
  );
});

export function rowId(instrument: InstrumentKey): string {
  return `watch-${instrument}`;
}
