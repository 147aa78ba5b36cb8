import type { EpochMs, InstrumentKey } from './brand.ts';

/** One price of an order book: how much waits there, in how many orders where the venue tells. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
  readonly orders: number | undefined;
}

/** The best orders of both sides, the best first. */
export interface BookSides {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** The best orders of an instrument at one instant. */
export interface OrderBook extends BookSides {
  readonly instrument: InstrumentKey;
  /** The exchange's stamp. */
  readonly time: EpochMs;
  readonly receivedAt: EpochMs;
}

/** The book that a tick brought; undefined when it brought none. */
export function orderBookOf({ instrument, time, receivedAt, book }: TickWithBook): OrderBook | undefined {
  return book && { instrument, time, receivedAt, bids: book.bids, asks: book.asks };
}

/** What is needed of a `Tick`, which knows this file. */
interface TickWithBook extends Pick<OrderBook, 'instrument' | 'time' | 'receivedAt'> {
  readonly book?: BookSides | undefined;
}
