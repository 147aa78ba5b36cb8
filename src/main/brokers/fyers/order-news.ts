import type { OrderUpdate } from '../../../core/order-update.ts';

/** More orders than anyone places in a day. */
const MOST_ORDERS = 5_000;

/** False for an update that repeats what is known, or that a later one overtook. */
export type IsOrderNews = (update: OrderUpdate) => boolean;

/**
 * Messages may come twice, and overtake each other: an order that has come to its end stays there, and what was filled
 * stays filled. Stamps count seconds and are of no help.
 */
export function createOrderNews(): IsOrderNews {
  const latest = new Map<string, OrderUpdate>();
  return (update) => {
    const last = latest.get(update.id);
    if (last !== undefined) {
      if (JSON.stringify(last) === JSON.stringify(update)) return false;
      if (update.filledQuantity < last.filledQuantity || (isOver(last) && !isOver(update))) return false;
      latest.delete(update.id);
    }
    latest.set(update.id, update);
    const [oldest] = latest.keys();
    if (latest.size > MOST_ORDERS && oldest !== undefined) latest.delete(oldest);
    return true;
  };
}

function isOver({ state }: OrderUpdate): boolean {
  return state === 'filled' || state === 'cancelled' || state === 'rejected';
}
