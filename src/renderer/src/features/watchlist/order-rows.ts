import type { InstrumentKey } from '../../../../core/brand.ts';
import { type Instrument, symbolOf } from '../../../../core/instrument.ts';
import type { Quote } from '../../../../core/quote.ts';
import type { Sort, SortColumn } from '../../stores/watch-store.ts';

type QuoteOf = (instrument: InstrumentKey) => Quote | undefined;

const READ: Record<Exclude<SortColumn, 'symbol'>, (quote: Quote) => number | undefined> = {
  ltp: ({ ltp }) => ltp,
  change: ({ changePercent }) => changePercent,
  rsi: ({ rsi }) => rsi,
};

/** Whether an instrument is meant by what stands in the filter box: part of its symbol or of its name. */
export function matchesFilter({ key, name }: Instrument, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return symbolOf(key).toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted);
}

/** The rows to show, in order. Equal values keep the alphabet, and what is unknown stands last either way. */
export function orderRows(
  instruments: readonly Instrument[],
  quoteOf: QuoteOf,
  sort: Sort | undefined,
  filter: string,
): readonly InstrumentKey[] {
  const shown = instruments.filter((one) => matchesFilter(one, filter)).map(({ key }) => key);
  if (sort === undefined) return shown;
  const { column, descending } = sort;
  const bySymbol = (a: InstrumentKey, b: InstrumentKey): number => symbolOf(a).localeCompare(symbolOf(b), 'en');
  if (column === 'symbol') return shown.sort((a, b) => (descending ? -bySymbol(a, b) : bySymbol(a, b)));

  const values = new Map<InstrumentKey, number | undefined>();
  for (const key of shown) {
    const quote = quoteOf(key);
    values.set(key, quote === undefined ? undefined : READ[column](quote));
  }
  return shown.sort((a, b) => {
    const [left, right] = [values.get(a), values.get(b)];
    if (left === right) return bySymbol(a, b);
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return descending ? right - left : left - right;
  });
}
