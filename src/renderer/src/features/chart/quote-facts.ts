import type { InstrumentKey } from '../../../../core/brand.ts';
import type { Quote } from '../../../../core/quote.ts';
import { formatPrice } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import type { QuoteStore } from '../../live/quote-store.ts';

/** What a venue may tell of an instrument besides its price, in the order in which it stands on the chart. */
export const QUOTE_FACTS = [
  { field: 'bid', label: 'Bid', title: 'Best price offered for it' },
  { field: 'ask', label: 'Ask', title: 'Best price it is offered at' },
  { field: 'dayOpen', label: 'Day O', title: 'Open of the day' },
  { field: 'dayHigh', label: 'H', title: 'High of the day' },
  { field: 'dayLow', label: 'L', title: 'Low of the day' },
] as const satisfies readonly { readonly field: keyof Quote; readonly label: string; readonly title: string }[];

/** Where one of them stands: `box` is hidden while nobody knows the value. */
export interface FactCell {
  readonly field: (typeof QUOTE_FACTS)[number]['field'];
  readonly box: { hidden: boolean | string };
  readonly value: { textContent: string | null };
}

/** Writes the facts of each new quote straight into their places. Returns the way to stop. */
export function followFacts(
  cells: readonly FactCell[],
  instrument: InstrumentKey,
  style: PriceStyle,
  quotes: Pick<QuoteStore, 'watch'>,
): () => void {
  const write = (quote: Quote | undefined): void => {
    for (const { field, box, value } of cells) {
      // A field that nobody knows comes as null where it crossed a wire.
      const price = quote?.[field] ?? undefined;
      box.hidden = price === undefined;
      const text = price === undefined ? '' : formatPrice(price, style);
      if (value.textContent !== text) value.textContent = text;
    }
  };
  write(undefined);
  return quotes.watch(instrument, write);
}
