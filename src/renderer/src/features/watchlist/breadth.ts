import type { InstrumentKey } from '../../../../core/brand.ts';
import type { Instrument } from '../../../../core/instrument.ts';
import type { Quote } from '../../../../core/quote.ts';

export interface Breadth {
  readonly up: number;
  readonly down: number;
  /** Unchanged, or not known to have changed. */
  readonly flat: number;
}

export function countBreadth(instruments: readonly Instrument[], quotes: ReadonlyMap<InstrumentKey, Quote>): Breadth {
  let up = 0;
  let down = 0;
  for (const { key } of instruments) {
    const change = quotes.get(key)?.changePercent ?? 0;
    if (change > 0) up += 1;
    else if (change < 0) down += 1;
  }
  return { up, down, flat: instruments.length - up - down };
}
