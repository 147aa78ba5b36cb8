import type { OrderUpdate } from '../../../core/order-update.ts';

/** More orders than anyone places in a day through one account's limits would need. */
const MOST_ORDERS = 5_000;
/** Copies of a message come within moments, one a socket. */
const MOST_TEXTS = 1_000;

/** What is to be done with an update: tell it, leave a copy, or refuse one that was overtaken. */
export type OrderNews = 'news' | 'repeated' | 'overtaken';

/** Judges an update and the text it came in. */
export type JudgeOrder = (update: OrderUpdate, text: string) => OrderNews;

/**
 * Tells news of orders from what is known: every socket of an account hears of every order, and messages may overtake
 * each other. An order that has come to its end stays there, and what was filled stays filled. Stamps are of no help:
 * they count seconds, by two clocks.
 */
export function createOrderNews(): JudgeOrder {
  const texts = new Set<string>();
  const latest = new Map<string, OrderUpdate>();
  return (update, text) => {
    if (texts.has(text)) return 'repeated';
    texts.add(text);
    forgetOldest(texts, MOST_TEXTS);
    const last = latest.get(update.id);
    if (last !== undefined && (update.filledQuantity < last.filledQuantity || (isOver(last) && !isOver(update))))
      return 'overtaken';
    latest.delete(update.id);
    latest.set(update.id, update);
    forgetOldest(latest, MOST_ORDERS);
    return 'news';
  };
}

function isOver({ state }: OrderUpdate): boolean {
  return state === 'filled' || state === 'cancelled' || state === 'rejected';
}

function forgetOldest(remembered: Set<string> | Map<string, unknown>, most: number): void {
  const [oldest] = remembered.keys();
  if (remembered.size > most && oldest !== undefined) remembered.delete(oldest);
}
