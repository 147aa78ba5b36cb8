import type { CandleType } from './candle-types.ts';
import { LIMITS, TOPIC } from './wire.ts';

/** Topics of one instrument each, such as `/market/match:BTC-USDT`: the unit that is subscribed and counted. */
export function topicOf(purpose: keyof typeof TOPIC, symbol: string): string {
  return `${TOPIC[purpose]}:${symbol}`;
}

export function candleTopic(symbol: string, { name }: CandleType): string {
  return `${TOPIC.candles}:${symbol}_${name}`;
}

/** A topic in its two parts; of several symbols with commas between them. Undefined when it is none. */
export function splitTopic(topic: string): { readonly purpose: string; readonly subject: string } | undefined {
  const colon = topic.indexOf(':');
  if (colon <= 0 || colon === topic.length - 1) return undefined;
  return { purpose: topic.slice(0, colon), subject: topic.slice(colon + 1) };
}

/**
 * Topics in lots that one frame may name: of one purpose, at most a hundred. Candles go alone, as no document shows
 * a list of them.
 */
export function inLots(topics: Iterable<string>): readonly (readonly string[])[] {
  const byPurpose = Map.groupBy(topics, (topic) => splitTopic(topic)?.purpose ?? topic);
  const lots: (readonly string[])[] = [];
  for (const [purpose, each] of byPurpose) {
    const size = purpose === TOPIC.candles ? 1 : LIMITS.topicsPerFrame;
    for (let from = 0; from < each.length; from += size) lots.push(each.slice(from, from + size));
  }
  return lots;
}

/** One topic that names all of a lot: `/market/match:BTC-USDT,ETH-USDT`. */
export function joinTopics(lot: readonly string[]): string {
  const [first = ''] = lot;
  const purpose = splitTopic(first)?.purpose ?? first;
  return `${purpose}:${lot.map((topic) => splitTopic(topic)?.subject ?? '').join(',')}`;
}

export interface ConnectionPlan {
  /** The topics of each connection; the first exists even when nothing is wanted. */
  readonly connections: readonly ReadonlySet<string>[];
  /** What no connection has room for. */
  readonly left: readonly string[];
}

/**
 * Divides topics among as few connections as have room. What a connection carries stays with it, so that a change of
 * the list does not move the rest. `roomOf` tells how many topics a connection takes: the venue may have said that one
 * is full.
 */
export function planConnections(
  current: readonly ReadonlySet<string>[],
  wanted: ReadonlySet<string>,
  roomOf: (place: number) => number,
  most: number,
): ConnectionPlan {
  const connections = (current.length === 0 ? [new Set<string>()] : current).map(
    (topics, place) => new Set([...topics].filter((topic) => wanted.has(topic)).slice(0, roomOf(place))),
  );
  const placed = new Set(connections.flatMap((topics) => [...topics]));
  const left: string[] = [];
  let place = 0;
  for (const topic of wanted) {
    if (placed.has(topic)) continue;
    while (place < connections.length && (connections[place]?.size ?? 0) >= roomOf(place)) place += 1;
    if (place === most) {
      left.push(topic);
      continue;
    }
    if (place === connections.length) connections.push(new Set());
    connections[place]?.add(topic);
  }
  return { connections, left };
}
