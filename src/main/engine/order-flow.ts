import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { type OrderRecord, type OrderTicket, orderKey, type Purpose } from '../../core/paper-order.ts';
import { quantityOf } from '../../core/positions.ts';
import type { OpenVenue, OrderSink, OrderVenue, VenueOrder } from './order-venue.ts';
import type { Clock } from './ports.ts';
import { isOpen, type OrderLane, type TicketBook } from './ticket-book.ts';

/** How an order ends that we take back, and why. */
export interface Withdrawal {
  readonly state: 'cancelled' | 'expired';
  readonly message: string;
}

export interface OrderFlowParts {
  readonly book: TicketBook;
  readonly clock: Pick<Clock, 'now'>;
  readonly openVenue: OpenVenue;
  /** Whether entries may be placed at all. */
  isOn(): boolean;
  onChanged(lane: OrderLane): void;
  onTrouble(error: AppError): void;
}

/**
 * The only way to a venue. A ticket goes from stored to placed to its end, one step at a time and never back; what
 * comes twice changes nothing, and an order that was filled stays so. An entry waits until the exit before it is
 * filled: a lane's orders are filled in the order in which they were stored, so positions can be made of them again.
 */
export class OrderFlow implements OrderSink {
  readonly venue: OrderVenue;
  readonly #parts: OrderFlowParts;
  readonly #sending = new Set<string>();
  readonly #withdrawn = new Map<string, Withdrawal>();
  #isReady = false;

  constructor(parts: OrderFlowParts) {
    this.#parts = parts;
    const placed = parts.book.records.filter(({ state }) => state === 'placed');
    this.venue = parts.openVenue(this, placed);
  }

  /** From now on orders are placed: it is known what the venue has. */
  begin(): void {
    this.#isReady = true;
    for (const lane of this.#parts.book.lanes) this.advance(lane);
  }

  order(order: VenueOrder): void {
    const { book } = this.#parts;
    const record = book.record(order.key);
    if (record === undefined || record.state === 'filled') return;
    const next = this.#after(record, order);
    if (next === undefined) return;
    if (!isOpen(next)) this.#withdrawn.delete(order.key);
    book.update(next);
    this.#changed(record);
  }

  /** Takes the lane's next step: its exit first, and an entry once nothing is held any more. */
  advance(lane: OrderLane): void {
    if (!this.#isReady) return;
    if (lane.leaving !== undefined) this.#recall(lane.leaving);
    if (lane.exit?.state === 'intended') this.#send(lane.exit);
    const { exit, entry, holding, leaving } = lane;
    if (exit !== undefined || leaving !== undefined || entry?.state !== 'intended') return;
    if (!this.#parts.isOn())
      this.giveUp(entry, { state: 'expired', message: 'Paper orders were switched off before it was placed.' });
    else if (holding.quantity === 0n) this.#send(entry);
    else this.giveUp(entry, { state: 'expired', message: 'What the rule held was not closed.' });
  }

  /** Asks to close all that the lane holds. Undefined where nothing is held, an exit is on its way, or the disk refuses. */
  close(lane: OrderLane, purpose: Exclude<Purpose, 'entry'>, barTime: EpochMs): OrderRecord | undefined {
    const { holding, opened, exit, rule, instrument } = lane;
    const { book, clock } = this.#parts;
    if (holding.quantity === 0n || exit !== undefined) return undefined;
    const at = clock.now();
    const held = quantityOf(holding);
    const ticket = {
      ...{ rule, instrument, at, limit: undefined, stop: undefined, target: undefined },
      side: held > 0 ? 'sell' : 'buy',
      quantity: Math.abs(held),
      timeframe: opened?.ticket.timeframe ?? '1m',
    } as const;
    // A stop or target that was refused once is asked for again, as an exit of this moment.
    let place: Pick<OrderTicket, 'purpose' | 'barTime'> = { purpose, barTime };
    for (let step = 0; book.record(orderKey({ ...ticket, ...place })) !== undefined; step += 1)
      place = { purpose: 'exit', barTime: (at + step) as EpochMs };
    const record = book.add({ key: orderKey({ ...ticket, ...place }), ...ticket, ...place });
    if (record !== undefined) this.#changed(record);
    return record;
  }

  /** Takes back an order that is not at its end. Rejects with an AppError when the venue will not. */
  async withdraw(record: OrderRecord, how: Withdrawal): Promise<void> {
    const { key } = record.ticket;
    if (record.state === 'intended' && !this.#sending.has(key)) {
      this.giveUp(record, how);
      return;
    }
    this.#withdrawn.set(key, how);
    try {
      await this.venue.cancel(record.brokerOrderId ?? key);
    } catch (thrown) {
      this.#withdrawn.delete(key);
      throw AppError.from(thrown);
    }
  }

  /** The rule fired again, the other way, before its order was filled. */
  #recall(record: OrderRecord): void {
    if (this.#withdrawn.has(record.ticket.key)) return;
    const message = 'The rule fired the other way before it was filled.';
    this.withdraw(record, { state: 'cancelled', message }).catch((thrown: unknown) =>
      this.#parts.onTrouble(AppError.from(thrown)),
    );
  }

  #after(record: OrderRecord, order: VenueOrder): OrderRecord | undefined {
    const { averagePrice, brokerOrderId, message, state, time } = order;
    if (state === 'filled')
      return averagePrice === undefined
        ? undefined
        : {
            ...{ ticket: record.ticket, state, brokerOrderId, message: undefined },
            ...{ filledPrice: averagePrice, filledAt: time, updatedAt: this.#parts.clock.now() },
          };
    if (!isOpen(record)) return undefined;
    if (state === 'in-flight' || state === 'open')
      return record.brokerOrderId === brokerOrderId
        ? undefined
        : { ...record, state: 'placed', brokerOrderId, updatedAt: time };
    const usual = state === 'rejected' ? 'The broker refused it.' : 'It was cancelled at the broker.';
    const how = this.#withdrawn.get(order.key) ?? { state, message: message ?? usual };
    return { ...record, ...how, brokerOrderId, updatedAt: time };
  }

  #send(record: OrderRecord): void {
    const { key } = record.ticket;
    if (this.#sending.has(key)) return;
    this.#sending.add(key);
    this.venue
      .place(record.ticket)
      .then((order) => this.order(order))
      .catch((thrown: unknown) => this.#lost(key, AppError.from(thrown)))
      .catch((thrown: unknown) => this.#parts.onTrouble(AppError.from(thrown)))
      .finally(() => this.#sending.delete(key));
  }

  /** Placing failed. Where it may have arrived nevertheless, the venue is asked; nothing is sent twice. */
  async #lost(key: string, error: AppError): Promise<void> {
    const found = error.retryable ? (await this.venue.orders()).find((order) => order.key === key) : undefined;
    if (found !== undefined) return this.order(found);
    const record = this.#parts.book.record(key);
    if (record === undefined || !isOpen(record)) return;
    this.#parts.book.update({
      ...record,
      state: 'rejected',
      message: error.message,
      updatedAt: this.#parts.clock.now(),
    });
    this.#changed(record);
  }

  /** Ends an order that no venue has. */
  giveUp(record: OrderRecord, how: Withdrawal): void {
    this.#parts.book.update({ ...record, ...how, updatedAt: this.#parts.clock.now() });
    this.#changed(record);
  }

  #changed(record: OrderRecord): void {
    const lane = this.#parts.book.laneOf(record);
    this.#parts.onChanged(lane);
    this.advance(lane);
  }
}
