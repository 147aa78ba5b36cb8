import { type CSSProperties, type ReactElement, useEffect, useState } from 'react';
import type { Instrument } from '../../../../core/instrument.ts';
import { quotes } from '../../live/live-stores.ts';
import { type Breadth, countBreadth } from './breadth.ts';

const COUNT_EVERY_MS = 1_000;
const NOTHING: Breadth = { up: 0, down: 0, flat: 0 };

/** How many rise and how many fall: `31 ▲ 18 ▼ 1 –`. */
export function BreadthLine({ instruments }: { readonly instruments: readonly Instrument[] }): ReactElement {
  const [{ up, down, flat }, setBreadth] = useState(NOTHING);

  useEffect(() => {
    const count = (): void => {
      const next = countBreadth(instruments, quotes.store.getState().quotes);
      setBreadth((shown) =>
        shown.up === next.up && shown.down === next.down && shown.flat === next.flat ? shown : next,
      );
    };
    count();
    const timer = setInterval(count, COUNT_EVERY_MS);
    return () => clearInterval(timer);
  }, [instruments]);

  const moving = up + down;
  return (
    <div className="breadth" title={`${up} up, ${down} down, ${flat} unchanged or unknown`}>
      <span data-change="up">{up} ▲</span>
      {/* A custom property is data for the stylesheet; React's type does not know of them. */}
      <i
        aria-hidden
        data-still={moving === 0 || undefined}
        style={{ '--share': moving === 0 ? 0 : up / moving } as CSSProperties}
      />
      <span data-change="down">{down} ▼</span>
      <span>{flat} –</span>
    </div>
  );
}
