import { type ReactElement, useEffect, useRef } from 'react';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { quotes } from '../../live/live-stores.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { type FactCell, followFacts, QUOTE_FACTS } from './quote-facts.ts';
import './quote-line.css';

/** Bid, ask and the day's range of what the chart shows, as far as the venue tells them. */
export function QuoteLine({ instrument }: { readonly instrument: InstrumentKey | undefined }): ReactElement {
  const list = useRef<HTMLDListElement>(null);
  const style = useSettingsStore(({ byKey }) => priceStyleOf(instrument && byKey.get(instrument)));

  useEffect(() => {
    if (list.current === null || instrument === undefined) return undefined;
    const boxes = [...list.current.children];
    const cells = QUOTE_FACTS.flatMap(({ field }, at): FactCell[] => {
      const box = boxes[at];
      const value = box?.querySelector('dd');
      return box instanceof HTMLElement && value != null ? [{ field, box, value }] : [];
    });
    return followFacts(cells, instrument, style, quotes);
  }, [instrument, style]);

  return (
    <dl ref={list} className="quote-line">
      {QUOTE_FACTS.map(({ field, label, title }) => (
        <div key={field} title={title} data-fact={field} hidden>
          <dt>{label}</dt>
          <dd />
        </div>
      ))}
    </dl>
  );
}
