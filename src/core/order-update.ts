import type { EpochMs, InstrumentKey } from './brand.ts';

/** Where an order stands. A status of the venue that we do not know is `in-flight`: it may still come to anything. */
export const ORDER_STATES = ['in-flight', 'open', 'filled', 'cancelled', 'rejected'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What a venue says of one of the account's orders, wherever it was placed. */
export interface OrderUpdate {
  /** The venue's id, as text: it has more digits than a number holds. */
  readonly id: string;
  /** Undefined for an instrument that is not watched. */
  readonly instrument: InstrumentKey | undefined;
  /** What the venue calls the instrument. */
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly filledQuantity: number;
  /** Average price of what was filled, in the instrument's currency; undefined before the first fill. */
  readonly averagePrice: number | undefined;
  readonly state: OrderState;
  /** The venue's own sentence, such as why it was rejected. */
  readonly message: string | undefined;
  readonly time: EpochMs;
}
