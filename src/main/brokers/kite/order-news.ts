import type { OrderUpdate } from '../../../core/order-update.ts';

/** More orders than anyone places in a day through one account's limits would need. */
const MOST_ORDERS = 5_000;

/** What is to be done with an update: tell it, leave a repetition, or refuse one that was overtaken. */
export type OrderNews = 'news' | 'repeated' | 'overtaken';

/**
 * Tells news of orders from what is known: every socket of an account hears of every order, and messages may overtake
 * each other. An order that has come to its end stays there, and what was filled stays filled. Stamps are of no help:
 * they count seconds, by two clocks.
 */
export function createOrderNews(): (update: OrderUpdate) => OrderNews {
  const latest = new Map<string, OrderUpdate>();
  return (update) => {
    const last = latest.get(update.id);
    if (last !== undefined) {
      if (isSame(last, update)) return 'repeated';
      if (update.filledQuantity < last.filledQuantity || (isOver(last) && !isOver(update))) return 'overtaken';
    }
    latest.delete(update.id);
    latest.set(update.id, update);
    const [oldest] = latest.keys();
    if (latest.size > MOST_ORDERS && oldest !== undefined) latest.delete(oldest);
    return 'news';
  };
}

function isOver({ state }: OrderUpdate): boolean {
  return state === 'filled' || state === 'cancelled' || state === 'rejected';
}

function isSame(a: OrderUpdate, b: OrderUpdate): boolean {
  return (
    a.state === b.state &&
    a.quantity === b.quantity &&
    a.filledQuantity === b.filledQuantity &&
    a.averagePrice === b.averagePrice &&
    a.message === b.message
  );
}
