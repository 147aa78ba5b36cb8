import type { EpochMs } from '../../../core/brand.ts';
import type { BookSides } from '../../../core/order-book.ts';
import type { CandleType } from './candle-types.ts';

/** A candle as it stands: a later one with the same `openTime` replaces it. */
export interface CandleUpdate {
  readonly kind: 'candle';
  readonly symbol: string;
  readonly type: CandleType;
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** In the base currency. */
  readonly volume: number;
  /** In the quote currency. */
  readonly turnover: number;
  /** When it was sent; undefined in history. */
  readonly eventTime: EpochMs | undefined;
}

/** One trade. */
export interface TradeUpdate {
  readonly kind: 'trade';
  readonly symbol: string;
  readonly tradeId: string;
  readonly price: number;
  readonly size: number;
  /** Who came to the other's price. */
  readonly side: 'buy' | 'sell';
  readonly time: EpochMs;
  /** The stamp as it was sent. */
  readonly timeNs: string;
}

/** Last price and best prices. */
export interface QuoteUpdate {
  readonly kind: 'quote';
  readonly symbol: string;
  readonly bid: number | undefined;
  readonly bidSize: number | undefined;
  readonly ask: number | undefined;
  readonly askSize: number | undefined;
  readonly last: number;
  readonly lastSize: number | undefined;
  readonly time: EpochMs | undefined;
  /** Rises with every change; as text, for it may have more digits than a number holds. */
  readonly sequence: string;
}

/** The best orders, whole: nothing of the book before it remains. */
export interface BookUpdate {
  readonly kind: 'book';
  readonly symbol: string;
  /** How many levels a side the topic has. */
  readonly depth: number;
  readonly sides: BookSides;
  readonly time: EpochMs;
}

export type Update = CandleUpdate | TradeUpdate | QuoteUpdate | BookUpdate;
