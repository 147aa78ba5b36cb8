import type { EpochMs } from '../../../core/brand.ts';
import type { BookLevel } from '../../../core/order-book.ts';
import type { VenueInterval } from './intervals.ts';

/** Who is spoken of. One of the two may be empty. */
export interface Named {
  /** The instrument's `uid`: what messages are told apart by. */
  readonly uid: string;
  readonly figi: string;
}

/** A candle of the stream or of `GetCandles`. Prices are per instrument, volume in lots. */
export interface VenueCandle extends Named {
  readonly interval: VenueInterval;
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Time of the last trade in it, where it is told. */
  readonly eventTime: EpochMs | undefined;
}

/** One trade. It has no id: several with the same stamp are usual. */
export interface VenueTrade extends Named {
  readonly price: number;
  /** In lots. */
  readonly quantity: number;
  readonly side: 'buy' | 'sell' | undefined;
  readonly time: EpochMs;
  /** Made by the broker itself and not on the exchange. */
  readonly isDealer: boolean;
}

export interface VenueBook extends Named {
  readonly depth: number;
  /** The best first; quantities in lots. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly time: EpochMs;
  /** False: orders are missing, because the venue is late. */
  readonly isConsistent: boolean;
  readonly limitUp: number | undefined;
  readonly limitDown: number | undefined;
  readonly isDealer: boolean;
}

export interface VenueLastPrice extends Named {
  readonly price: number;
  readonly time: EpochMs;
  readonly isDealer: boolean;
}

export type TradingState = 'open' | 'auction' | 'break' | 'closed' | 'unknown';

export interface VenueStatus extends Named {
  readonly state: TradingState;
  /** The venue's word. */
  readonly raw: string;
  readonly time: EpochMs;
}

export type Channel = 'candles' | 'trades' | 'orderbook' | 'info' | 'lastPrice';

/** What became of one wish of a subscription frame. */
export interface AckItem extends Named {
  readonly interval: VenueInterval | undefined;
  readonly depth: number | undefined;
  /** `SUBSCRIPTION_STATUS_…` */
  readonly status: string;
  /** Undefined where the server does not tell. */
  readonly action: 'subscribe' | 'unsubscribe' | undefined;
}

/** A frame of the stream, read. */
export type StreamMessage =
  | { readonly kind: 'candle'; readonly candle: VenueCandle }
  | { readonly kind: 'trade'; readonly trade: VenueTrade }
  | { readonly kind: 'book'; readonly book: VenueBook }
  | { readonly kind: 'status'; readonly status: VenueStatus }
  | { readonly kind: 'lastPrice'; readonly lastPrice: VenueLastPrice }
  | {
      readonly kind: 'ack';
      readonly channel: Channel;
      /** For the venue's support. */
      readonly trackingId: string;
      readonly items: readonly AckItem[];
      /** Items that make no sense. */
      readonly unreadable: number;
    }
  | { readonly kind: 'ping'; readonly time: EpochMs | undefined; readonly answers: EpochMs | undefined }
  /** Futures only, and never asked for. */
  | { readonly kind: 'openInterest' }
  /** The stream failed; `code` is a number of gRPC. */
  | { readonly kind: 'error'; readonly code: number; readonly message: string; readonly description: string };
