import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { OrderRecord, OrderTicket } from '../../core/paper-order.ts';
import { isAfter, type PricePrint } from '../../core/price-print.ts';
import type { OrderSink, OrderVenue, VenueOrder } from './order-venue.ts';
import type { Clock } from './ports.ts';

interface OpenOrder {
  readonly ticket: OrderTicket;
  readonly id: string;
  readonly placedAt: EpochMs;
}

/**
 * A market on paper: nothing leaves the computer. A market order is filled by the first price that is stamped later
 * than it was placed, at the ask or bid where those are known; by a bar that opened no earlier, at its open. A limit
 * order is filled at its limit, by the first such price that reaches it. Always whole, once, and with no slippage.
 */
export class PaperBroker implements OrderVenue {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #sink: OrderSink;
  /** In order of arrival. */
  readonly #open = new Map<string, OpenOrder>();
  /** Filled or cancelled in this run: an order that is placed again is not filled again. */
  readonly #ended = new Map<string, VenueOrder>();

  /** `placed` are those of an earlier run that were not at their end. */
  constructor(clock: Pick<Clock, 'now'>, sink: OrderSink, placed: readonly OrderRecord[]) {
    this.#clock = clock;
    this.#sink = sink;
    for (const { ticket, brokerOrderId, updatedAt } of placed) {
      const id = brokerOrderId ?? idOf(ticket);
      // A day that is played again has gone back behind it.
      this.#open.set(id, { ticket, id, placedAt: Math.min(updatedAt, clock.now()) as EpochMs });
    }
  }

  async place(ticket: OrderTicket): Promise<VenueOrder> {
    const id = idOf(ticket);
    const known = this.#open.get(id);
    if (known !== undefined) return openOrder(known);
    const ended = this.#ended.get(id);
    if (ended !== undefined) return ended;
    const order: OpenOrder = { ticket, id, placedAt: this.#clock.now() };
    this.#open.set(id, order);
    this.#sink.order(openOrder(order));
    return openOrder(order);
  }

  async cancel(brokerOrderId: string): Promise<void> {
    const order = this.#open.get(brokerOrderId);
    if (order === undefined)
      throw new AppError('not-found', 'This order is at its end: it can no longer be taken back.');
    this.#end({ ...openOrder(order), state: 'cancelled', time: this.#clock.now() });
  }

  async orders(): Promise<readonly VenueOrder[]> {
    return [...this.#ended.values(), ...[...this.#open.values()].map(openOrder)];
  }

  price(print: PricePrint): void {
    for (const order of [...this.#open.values()]) {
      if (order.ticket.instrument !== print.instrument || !isAfter(print, order.placedAt)) continue;
      const averagePrice = fillPrice(order.ticket, print);
      if (averagePrice === undefined) continue;
      this.#end({ ...openOrder(order), state: 'filled', averagePrice, time: print.time });
    }
  }

  /** Off the book before anyone is told: who hears of it may place the next order at once. */
  #end(order: VenueOrder): void {
    this.#open.delete(order.brokerOrderId);
    this.#ended.set(order.brokerOrderId, order);
    this.#sink.order(order);
  }
}

function idOf({ key }: OrderTicket): string {
  return `paper ${key}`;
}

function openOrder({ ticket: { key }, id, placedAt }: OpenOrder): VenueOrder {
  return { key, brokerOrderId: id, state: 'open', averagePrice: undefined, time: placedAt, message: undefined };
}

/** What the print fills the order at; undefined where it does not. */
function fillPrice({ side, limit }: OrderTicket, { open, high, low, bid, ask }: PricePrint): number | undefined {
  const offered = known(side === 'buy' ? ask : bid);
  if (limit === undefined) return offered ?? known(open);
  return (side === 'buy' ? (offered ?? low) <= limit : (offered ?? high) >= limit) ? limit : undefined;
}

function known(price: number | undefined): number | undefined {
  return price !== undefined && Number.isFinite(price) && price > 0 ? price : undefined;
}
