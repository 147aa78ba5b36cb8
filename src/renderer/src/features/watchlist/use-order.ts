import { type RefObject, useEffect } from 'react';
import type { Instrument } from '../../../../core/instrument.ts';
import { quotes } from '../../live/live-stores.ts';
import { useWatchStore } from '../../stores/watch-store.ts';
import { orderRows } from './order-rows.ts';

const SORT_EVERY_MS = 1_000;

/**
 * Keeps the rows in order: at once when the person changes something, once a second as prices change, and not at all
 * while the pointer is over them, because a row that jumps away from under it gets the wrong click.
 */
export function useOrder(instruments: readonly Instrument[], list: RefObject<HTMLElement | null>): void {
  const sort = useWatchStore((state) => state.sort);
  const filter = useWatchStore((state) => state.filter);

  useEffect(() => {
    const apply = (): void => {
      const known = quotes.store.getState().quotes;
      const order = orderRows(instruments, (key) => known.get(key), sort, filter);
      const shown = useWatchStore.getState().order;
      const same = order.length === shown.length && order.every((key, row) => key === shown[row]);
      if (!same) useWatchStore.setState({ order });
    };
    apply();
    if (sort === undefined || sort.column === 'symbol') return undefined;
    const timer = setInterval(() => {
      if (list.current?.matches(':hover') !== true) apply();
    }, SORT_EVERY_MS);
    return () => clearInterval(timer);
  }, [instruments, sort, filter, list]);
}
