import type { EpochMs, InstrumentKey } from './brand.ts';

/** One price of an order book: how much waits there, in how many orders where the venue tells. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
  readonly orders: number | undefined;
}

/** The best orders of both sides at one instant, the best first. */
export interface OrderBook {
  readonly instrument: InstrumentKey;
  /** The exchange's stamp. */
  readonly time: EpochMs;
  readonly receivedAt: EpochMs;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}
