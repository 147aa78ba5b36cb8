import type { VenueInterval } from './intervals.ts';
import type { AckItem, Channel } from './messages.ts';

/** One thing that the stream can be asked for. */
export interface Subscription {
  /** The same wish has the same id. */
  readonly id: string;
  readonly kind: Channel;
  readonly uid: string;
  /** Of an order book. */
  readonly depth?: number | undefined;
  /** Of candles. */
  readonly interval?: VenueInterval | undefined;
}

export function tradesOf(uid: string): Subscription {
  return { id: `trades ${uid}`, kind: 'trades', uid };
}

export function lastPriceOf(uid: string): Subscription {
  return { id: `lastPrice ${uid}`, kind: 'lastPrice', uid };
}

export function infoOf(uid: string): Subscription {
  return { id: `info ${uid}`, kind: 'info', uid };
}

export function bookOf(uid: string, depth: number): Subscription {
  return { id: `orderbook ${uid} ${depth}`, kind: 'orderbook', uid, depth };
}

export function candlesOf(uid: string, interval: VenueInterval): Subscription {
  return { id: `candles ${uid} ${interval.name}`, kind: 'candles', uid, interval };
}

/** The wish that an acknowledgement speaks of: there is no number to match by. `uidOf` finds an instrument by FIGI. */
export function idOfAck(
  channel: Channel,
  item: AckItem,
  uidOf: (figi: string) => string | undefined,
): string | undefined {
  const uid = item.uid === '' ? uidOf(item.figi) : item.uid;
  if (uid === undefined) return undefined;
  switch (channel) {
    case 'candles':
      return item.interval === undefined ? undefined : `candles ${uid} ${item.interval.name}`;
    case 'orderbook':
      return item.depth === undefined ? undefined : `orderbook ${uid} ${item.depth}`;
    default:
      return `${channel} ${uid}`;
  }
}

/** Whether the venue counts it among the 300 of a stream: it names candles, books and trades. */
export function isCounted({ kind }: Subscription): boolean {
  return kind === 'trades' || kind === 'orderbook' || kind === 'candles';
}

export type Wishes = ReadonlyMap<string, Subscription>;

export interface StreamPlan {
  /** The wishes of each stream; the first exists even when nothing is wanted. */
  readonly streams: readonly Wishes[];
  /** Counted wishes that no stream has room for. */
  readonly left: number;
}

export interface StreamLimits {
  /** Counted wishes of a stream; the venue stops at 300. */
  readonly perStream: number;
  readonly streams: number;
  /** Room of a stream that the venue called full sooner, by its place. */
  readonly room?: ReadonlyMap<number, number>;
}

/**
 * Divides wishes among as few streams as the limits allow. What a stream carries already stays with it; what is not
 * counted rides with the same instrument. The earlier a wish stands, the surer it has room.
 */
export function planStreams(current: readonly Wishes[], wanted: Wishes, limits: StreamLimits): StreamPlan {
  const roomOf = (place: number): number => limits.room?.get(place) ?? limits.perStream;
  const streams = (current.length === 0 ? [new Map<string, Subscription>()] : current).map(
    (wishes) => new Map([...wishes].filter(([id]) => wanted.has(id))),
  );
  const counts = streams.map((wishes) => [...wishes.values()].filter(isCounted).length);
  const placed = new Set(streams.flatMap((wishes) => [...wishes.keys()]));
  const homes = new Map(streams.flatMap((wishes, place) => [...wishes.values()].map(({ uid }) => [uid, place])));
  let left = 0;
  for (const [id, wish] of wanted) {
    if (placed.has(id)) continue;
    const place = isCounted(wish) ? placeFor(counts, roomOf, limits.streams) : (homes.get(wish.uid) ?? 0);
    if (place === undefined) {
      left += 1;
      continue;
    }
    const wishes = streams[place] ?? new Map<string, Subscription>();
    streams[place] = wishes.set(id, wish);
    counts[place] = (counts[place] ?? 0) + (isCounted(wish) ? 1 : 0);
    if (!homes.has(wish.uid)) homes.set(wish.uid, place);
  }
  return { streams, left };
}

function placeFor(counts: readonly number[], roomOf: (place: number) => number, most: number): number | undefined {
  for (let place = 0; place < most; place += 1) if ((counts[place] ?? 0) < roomOf(place)) return place;
  return undefined;
}
