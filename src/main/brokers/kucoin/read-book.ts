import { isRecord } from '../../../core/is-record.ts';
import type { BookLevel } from '../../../core/order-book.ts';
import type { PacketReject } from '../packet-reject.ts';
import { readNumber, readPrice, readTime } from './read-values.ts';
import type { BookUpdate } from './update.ts';

/** The best orders, whole. `level1` has one flat pair a side, the others lists of pairs. */
export function readBook(symbol: string, depth: number, data: unknown): BookUpdate | PacketReject {
  if (!isRecord(data)) return { reject: 'bad-book', detail: symbol };
  const time = readTime(readNumber(data['timestamp'] ?? data['time']));
  if (time === undefined) return { reject: 'bad-time', detail: symbol };
  const [bids, asks] = [readSide(data['bids'], depth), readSide(data['asks'], depth)];
  if (bids === undefined || asks === undefined) return { reject: 'bad-book', detail: symbol };
  // Official samples have sides the wrong way round.
  bids.sort((a, b) => b.price - a.price);
  asks.sort((a, b) => a.price - b.price);
  return { kind: 'book', symbol, depth, sides: { bids, asks }, time };
}

/** Whether the best buyer offers less than the best seller asks, as must be while orders are matched. */
export function isConsistent({ sides: { bids, asks } }: BookUpdate): boolean {
  const [bid, ask] = [bids[0], asks[0]];
  return bid === undefined || ask === undefined || bid.price < ask.price;
}

function readSide(value: unknown, depth: number): BookLevel[] | undefined {
  if (!Array.isArray(value) || value.length > Math.max(depth, 2)) return undefined;
  const levels: BookLevel[] = [];
  for (const pair of depth === 1 && !Array.isArray(value[0]) && value.length > 0 ? [value] : value) {
    if (!Array.isArray(pair)) return undefined;
    const [price, quantity] = [readPrice(pair[0]), readNumber(pair[1])];
    if (price === undefined || quantity === undefined) return undefined;
    // An order of nothing is none.
    if (quantity > 0) levels.push({ price, quantity, orders: undefined });
  }
  return levels;
}
