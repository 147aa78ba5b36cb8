import type { Candle } from '../../core/candle.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { orderBookOf } from '../../core/order-book.ts';
import type { OrderUpdate } from '../../core/order-update.ts';
import type { Tick } from '../../core/tick.ts';

/** The records of `watch`, one a line; absent fields are left out, times are milliseconds since 1970. */

export function statusLine(venue: string, status: FeedStatus): object {
  return { kind: 'status', venue, ...status };
}

/** `tick` is a trade that bars are made of, `quote` a price looked at. */
export function tickLine(kind: 'tick' | 'quote', tick: Tick): object {
  const { instrument, ltp, quantity, book: _book, ...rest } = tick;
  return { kind, symbol: instrument, price: ltp, size: quantity, ...rest };
}

/** Undefined when the tick brought no book. */
export function depthLine(tick: Tick): object | undefined {
  const book = orderBookOf(tick);
  if (book === undefined) return undefined;
  const { instrument, ...rest } = book;
  return { kind: 'depth', symbol: instrument, ...rest };
}

/** `source` is `ticks` for a bar of our making and `venue` for one the venue streams. */
export function candleLine(source: 'ticks' | 'venue', { instrument, ...rest }: Candle, closed: boolean): object {
  return { kind: 'candle', source, symbol: instrument, ...rest, closed };
}

export function orderLine({ instrument, symbol, ...rest }: OrderUpdate): object {
  return { kind: 'order', symbol: instrument ?? symbol, ...rest };
}
