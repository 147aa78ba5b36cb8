import type { BookSides } from '../../../core/order-book.ts';
import { DEPTH, OFFSET, PACKET_LENGTH, priceDivisor } from './wire.ts';

export interface DepthLevel {
  readonly quantity: number;
  readonly price: number;
  readonly orders: number;
}

/** One side of the book of a `full` packet, its five levels from `start` on, empty ones too. Layout: `./wire.ts`. */
export function readDepth(view: DataView, start: number, divisor: number): readonly DepthLevel[] {
  const levels: DepthLevel[] = [];
  for (let at = start; at < start + DEPTH.levels * DEPTH.bytes; at += DEPTH.bytes) {
    levels.push({
      quantity: view.getUint32(at + DEPTH.quantity),
      price: view.getInt32(at + DEPTH.price) / divisor,
      orders: view.getUint16(at + DEPTH.orders),
    });
  }
  return levels;
}

/**
 * The book in the packet of `length` bytes at `offset`; undefined when its kind has none, or no order waits. A level
 * with no price is an empty place, not an order.
 */
export function readBook(view: DataView, offset: number, length: number): BookSides | undefined {
  if (length !== PACKET_LENGTH.full) return undefined;
  const divisor = priceDivisor(view.getUint32(offset + OFFSET.token));
  const start = offset + OFFSET.depth;
  const bids = readDepth(view, start, divisor).filter(isOrder);
  const asks = readDepth(view, start + DEPTH.levels * DEPTH.bytes, divisor).filter(isOrder);
  return bids.length + asks.length === 0 ? undefined : { bids, asks };
}

function isOrder({ price }: DepthLevel): boolean {
  return price > 0;
}
