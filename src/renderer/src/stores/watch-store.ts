import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { InstrumentKey } from '../../../core/brand.ts';

export const SORT_COLUMNS = ['symbol', 'ltp', 'change', 'rsi'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

interface WatchState {
  readonly filter: string;
  /** Undefined is the order the engine gives. */
  readonly sort: Sort | undefined;
  /** The rows as shown, top to bottom. */
  readonly order: readonly InstrumentKey[];
  /** Where the keyboard stands in the list; it need not be what the chart shows. */
  readonly cursor: InstrumentKey | undefined;
}

export const useWatchStore = create<WatchState>()(
  persist((): WatchState => ({ filter: '', sort: undefined, order: [], cursor: undefined }), {
    name: 'tickscope.watchlist',
    partialize: ({ sort }) => ({ sort }),
  }),
);

/** What a click on a column's head makes of the order: the useful way first, then the other, then none. */
export function nextSort(sort: Sort | undefined, column: SortColumn): Sort | undefined {
  const first = column !== 'symbol';
  if (sort?.column !== column) return { column, descending: first };
  return sort.descending === first ? { column, descending: !first } : undefined;
}

/** The row `steps` below the given one (above, when negative), held at the ends. */
export function neighbour(
  order: readonly InstrumentKey[],
  from: InstrumentKey | undefined,
  steps: number,
): InstrumentKey | undefined {
  const at = from === undefined ? -1 : order.indexOf(from);
  if (at === -1) return steps >= 0 ? order[0] : order.at(-1);
  return order[Math.min(order.length - 1, Math.max(0, at + steps))];
}
