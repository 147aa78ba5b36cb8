import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import type { BookLevel, BookSides } from '../../../core/order-book.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacketReject } from '../packet-reject.ts';
import { type Topic, timeOf } from './topic.ts';

/** Beyond this a time stamp is garbage, not a clock that runs fast: it would send every bar into the future. */
const FURTHEST_AHEAD_MS = DAY_MS;

/** What the values of one place in the book are called. Put together once: books come often. */
type LevelNames = Readonly<Record<keyof BookLevel, string>>;
const BID_NAMES = namesOf('bid');
const ASK_NAMES = namesOf('ask');

function namesOf(side: 'bid' | 'ask'): readonly LevelNames[] {
  return [1, 2, 3, 4, 5].map((level) => ({
    price: `${side}_price${level}`,
    quantity: `${side}_size${level}`,
    orders: `${side}_order${level}`,
  }));
}

/** What a topic stands at was read from: a snapshot tells of the last trade, which may be a while ago. */
export type TickSource = 'snapshot' | 'update' | 'lite';

/**
 * Where a scrip or an index stands, as a tick. A wrong price is worse than a missing one: what makes no sense is
 * refused. Before its first trade an instrument has a price of 0: `no-trade`.
 *
 * A tick is stamped by the exchange's feed; one of a snapshot by its last trade, where it tells of that. A lite record
 * moves the price alone, so it has no time and no volume of its own.
 */
export function readTick(
  topic: Topic,
  how: TickSource,
  instrument: InstrumentKey,
  receivedAt: EpochMs,
  book?: BookSides | undefined,
): Tick | PacketReject {
  const ltp = topic.read('ltp');
  if (ltp === undefined || ltp === 0) return { reject: 'no-trade', detail: `${instrument} has not traded yet` };
  if (!(ltp > 0) || !Number.isFinite(ltp)) return { reject: 'bad-price', detail: `${instrument} at ${ltp}` };
  const isLite = how === 'lite';
  const feedTime = timeOf(topic, 'exch_feed_time');
  const tradeTime = timeOf(topic, 'last_traded_time');
  const stamp = how === 'snapshot' ? (tradeTime ?? feedTime) : (feedTime ?? tradeTime);
  const time = isLite ? receivedAt : (stamp ?? receivedAt);
  if (time > receivedAt + FURTHEST_AHEAD_MS)
    return { reject: 'bad-time', detail: `${instrument} at ${time / 1_000} s` };
  return {
    instrument,
    ltp,
    dayVolume: isLite ? undefined : topic.read('vol_traded_today'),
    bid: priceOf(topic, 'bid_price'),
    ask: priceOf(topic, 'ask_price'),
    previousClose: priceOf(topic, 'prev_close_price'),
    dayOpen: priceOf(topic, 'open_price'),
    dayHigh: priceOf(topic, 'high_price'),
    dayLow: priceOf(topic, 'low_price'),
    time,
    receivedAt,
    book,
  };
}

/** The five best orders of each side of a `dp` topic; undefined where none waits. */
export function readBook(topic: Topic): BookSides | undefined {
  const bids = sideOf(topic, BID_NAMES);
  const asks = sideOf(topic, ASK_NAMES);
  return bids.length + asks.length === 0 ? undefined : { bids, asks };
}

/** A level with no price is an empty place, not an order. */
function sideOf(topic: Topic, names: readonly LevelNames[]): readonly BookLevel[] {
  const levels: BookLevel[] = [];
  for (const { price: priceName, quantity, orders } of names) {
    const price = priceOf(topic, priceName);
    if (price !== undefined) levels.push({ price, quantity: topic.read(quantity) ?? 0, orders: topic.read(orders) });
  }
  return levels;
}

/** 0 is the venue's "none". */
function priceOf(topic: Topic, name: string): number | undefined {
  const price = topic.read(name);
  return price !== undefined && price > 0 ? price : undefined;
}
