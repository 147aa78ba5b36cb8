import type { InstrumentKey } from '../../../core/brand.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import { intervalOf } from './intervals.ts';
import { bookOf, candlesOf, infoOf, lastPriceOf, type Subscription, tradesOf, type Wishes } from './subscriptions.ts';

export interface Extras {
  /** Depth of order books; undefined where none are wanted. */
  readonly books: number | undefined;
  /** Of the venue's own candles. */
  readonly timeframes: readonly Timeframe[];
}

/**
 * Everything the streams are asked for, the most important first: should there be no room, trades come before order books,
 * and these before candles. Last price and trading status cost no room. What the venue does not stream is left out.
 */
export function wishesFor(
  watched: readonly InstrumentKey[],
  uids: ReadonlyMap<InstrumentKey, string>,
  { books, timeframes }: Extras,
): Wishes {
  const known = watched.map((key) => uids.get(key)).filter((uid) => uid !== undefined);
  const intervals = timeframes
    .map(intervalOf)
    .filter((interval) => interval !== undefined)
    .filter(({ stream }) => stream !== undefined);
  const wishes: Subscription[] = [
    ...known.map(tradesOf),
    ...known.map(lastPriceOf),
    ...known.map(infoOf),
    ...(books === undefined ? [] : known.map((uid) => bookOf(uid, books))),
    ...intervals.flatMap((interval) => known.map((uid) => candlesOf(uid, interval))),
  ];
  return new Map(wishes.map((wish) => [wish.id, wish]));
}
