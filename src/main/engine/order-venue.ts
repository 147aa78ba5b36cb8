import type { EpochMs } from '../../core/brand.ts';
import type { OrderState } from '../../core/order-update.ts';
import type { OrderRecord, OrderTicket } from '../../core/paper-order.ts';
import type { PricePrint } from '../../core/price-print.ts';

/** What a venue says of an order that we placed there. */
export interface VenueOrder {
  /** Of our ticket: the venue keeps it with the order (as tag, client id, …), so that one whose answer was lost is found again. */
  readonly key: string;
  readonly brokerOrderId: string;
  /** `filled` is the whole quantity; while only a part is, it is `open`. */
  readonly state: OrderState;
  /** Of the whole quantity; only of a filled one. */
  readonly averagePrice: number | undefined;
  /** The exchange's stamp of this state. */
  readonly time: EpochMs;
  /** The venue's own sentence, such as why it was rejected. */
  readonly message: string | undefined;
}

export interface OrderSink {
  /** An order moved. May come before `place` resolves, may repeat itself, and may tell of orders that are not ours. */
  order(order: VenueOrder): void;
}

/** Where orders are sent: a market on paper, or a broker. */
export interface OrderVenue {
  /**
   * Resolves once the venue has the order. Rejects with an AppError; a retryable one leaves open whether the order
   * arrived: `orders` knows, and nothing is sent again before it was asked.
   */
  place(ticket: OrderTicket): Promise<VenueOrder>;
  /** Resolves when the venue heard of it: that the order is cancelled the sink is told, or that it was filled before. */
  cancel(brokerOrderId: string): Promise<void>;
  /** Today's orders, in whatever state: the truth after a restart or a lost answer. */
  orders(): Promise<readonly VenueOrder[]>;
  /** A price that was traded. For venues of our own making; a broker fills by itself. */
  price?(print: PricePrint): void;
}

/** Opens a venue that tells `sink`. `placed` is what we know to be placed there: paper has no memory of its own. */
export type OpenVenue = (sink: OrderSink, placed: readonly OrderRecord[]) => OrderVenue;
