import type { JournalEntry, OrdersState } from '../../contract/orders.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import { AppError } from '../../core/errors.ts';
import { symbolOf } from '../../core/instrument.ts';
import { quantityOf } from '../../core/positions.ts';
import { type PricePrint, printOfBar, printOfPrice } from '../../core/price-print.ts';
import type { OrderStore } from './alert-store-port.ts';
import { entryOf } from './entry-ticket.ts';
import type { Found } from './found.ts';
import { OrderFlow } from './order-flow.ts';
import { journalOf } from './order-journal.ts';
import { recoverOrders } from './order-recovery.ts';
import type { OpenVenue } from './order-venue.ts';
import { type OrderPlace, OrderWatch } from './order-watch.ts';
import { ordersStateOf, type StateParts, todayOf } from './orders-state.ts';
import { PaperBroker } from './paper-broker.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { isOpen, TicketBook } from './ticket-book.ts';

/** Positions are worth something else with every price; nobody reads more than two pictures a second. */
const PUBLISH_MS = 500;

export interface OrderDeskParts {
  readonly store: OrderStore;
  /** The exchange's clock: orders are filled by prices that it stamps later. */
  readonly clock: Clock;
  /** Ours, by which screens are told. */
  readonly wall: Clock;
  readonly publisher: Publisher;
  settings(): Settings['orders'];
  /** What is watched of an instrument; a `Track` is one. Undefined for one that is not watched. */
  placeOf(instrument: InstrumentKey): OrderPlace | undefined;
  /** The average true range of 14 bars as of the signal's bar; undefined while it is not warm. */
  atrOf(found: Found): number | undefined;
  /** Where orders go; a market on paper unless told otherwise. */
  readonly openVenue?: OpenVenue;
  onTrouble(error: AppError): void;
}

/** The one way from a signal, or a click, to an order. What is refused is kept too, with the reason. */
export class OrderDesk {
  readonly #parts: OrderDeskParts;
  readonly #book: TicketBook;
  readonly #flow: OrderFlow;
  readonly #watch: OrderWatch;
  /** Set while the screens were told less than half a second ago. */
  #rest: (() => void) | undefined;
  #isStale = false;
  #isStopped = false;

  constructor(parts: OrderDeskParts) {
    const { store, clock, settings, placeOf, onTrouble } = parts;
    const paper: OpenVenue = (sink, placed) => new PaperBroker(clock, sink, placed);
    this.#parts = parts;
    this.#book = new TicketBook(store, onTrouble);
    this.#flow = new OrderFlow({
      book: this.#book,
      clock,
      openVenue: parts.openVenue ?? paper,
      isOn: () => settings().paper,
      onChanged: (lane) => {
        this.#watch.follow(lane);
        this.publish();
      },
      onTrouble,
    });
    this.#watch = new OrderWatch({ flow: this.#flow, clock, placeOf, onTrouble });
    for (const lane of this.#book.lanes) this.#watch.follow(lane);
  }

  /** Takes up what an earlier run left open. To be awaited before the feed runs. */
  async start(): Promise<void> {
    const told = (thrown: unknown): void => this.#parts.onTrouble(AppError.from(thrown));
    await recoverOrders(this.#flow, this.#book, () => this.#parts.clock.now(), told).catch(told);
  }

  /** Instruments of which something is held or waits: without their prices nothing is filled, and no stop holds. */
  get held(): ReadonlySet<InstrumentKey> {
    return this.#watch.instruments;
  }

  /**
   * A rule fired, and its alert is on disk. A signal that is late, or whose rule does not trade, is none of ours. An
   * alert that is muted trades: muting spares the ears, not the position.
   */
  consider(found: Found, _alert: Alert): void {
    const { signal, finding, isLate } = found;
    const { paper: plan } = finding.rule;
    const place = this.#parts.placeOf(signal.instrument);
    if (this.#isStopped || isLate || plan?.enabled !== true || place === undefined) return;
    const { paper: isOn, mostEntriesADay } = this.#parts.settings();
    const lane = this.#book.lane(signal.rule, signal.instrument);
    const { ltp, receivedAt } = place.board;
    const needsAtr = plan.stop?.kind === 'atr' || plan.target?.kind === 'atr';
    const atr = needsAtr ? this.#parts.atrOf(found) : undefined;
    const { ticket, refusal } = entryOf(found, plan, atr, this.#parts.clock.now(), {
      ...{ instrument: place.instrument, calendar: place.calendar, isOn, mostEntriesADay },
      price: ltp === undefined || receivedAt === undefined ? undefined : { ltp, at: receivedAt },
      entriesToday: todayOf(this.#stateParts()).entries,
      held: quantityOf(lane.holding),
      waiting: lane.entry?.ticket.side,
    });
    if (this.#book.record(ticket.key) !== undefined) return;
    // The exit is stored before the entry that waits for it.
    const isTurning = refusal === undefined && lane.holding.quantity !== 0n && lane.exit === undefined;
    if (isTurning && this.#flow.close(lane, 'exit', signal.barTime) === undefined) return;
    if (this.#book.add(ticket, refusal) === undefined) return;
    this.#flow.advance(lane);
    this.#watch.follow(lane);
    this.publish();
  }

  /** A price that was traded. Costs one look-up while nothing of the instrument is held or waits. */
  price(instrument: InstrumentKey, ltp: number, time: EpochMs, bid?: number, ask?: number): void {
    if (this.#watch.has(instrument)) this.#hear(printOfPrice(instrument, ltp, time, bid, ask));
  }

  /** A closed bar of a feed that tells no single prices. */
  bar(candle: Candle): void {
    if (this.#watch.has(candle.instrument)) this.#hear(printOfBar(candle));
  }

  /** Closes what a rule holds of an instrument, at the next price. Throws AppError when there is nothing to close. */
  exit(rule: string, instrument: InstrumentKey): void {
    const lane = this.#book.lane(rule, instrument);
    const name = symbolOf(instrument);
    if (lane.exit !== undefined)
      throw new AppError('invalid-input', `${name} is being closed already: the next price fills the order.`);
    if (lane.holding.quantity === 0n) throw new AppError('not-found', `The rule holds nothing of ${name} any more.`);
    if (this.#flow.close(lane, 'exit', this.#parts.clock.now()) === undefined)
      throw new AppError('storage', `The order to close ${name} could not be stored, so it was not placed. Try again.`);
  }

  /** Takes back an order that is not at its end. Rejects with an AppError when that cannot be. */
  async cancel(key: string): Promise<void> {
    const record = this.#book.record(key);
    if (record === undefined) throw new AppError('not-found', 'There is no such order.');
    if (!isOpen(record)) throw new AppError('invalid-input', `The order is ${record.state} already.`);
    const { purpose } = record.ticket;
    if (purpose === 'stop' || purpose === 'target')
      throw new AppError('invalid-input', `A ${purpose} that was touched closes its position: it is not taken back.`);
    await this.#flow.withdraw(record, { state: 'cancelled', message: 'Taken back by hand.' });
  }

  state(): OrdersState {
    return ordersStateOf(this.#stateParts(), this.#parts.settings());
  }

  journal(limit: number): readonly JournalEntry[] {
    return journalOf(this.#book.records, (record) => this.#book.gainOf(record), limit);
  }

  /** Tells the screens how orders stand, twice a second at the most. To be called when the settings changed, too. */
  publish(): void {
    this.#isStale = true;
    if (this.#rest !== undefined || this.#isStopped) return;
    const { publisher, wall } = this.#parts;
    this.#isStale = false;
    if (publisher.isHeard) publisher.publish({ type: 'paper-orders', orders: this.state() });
    this.#rest = wall.after(PUBLISH_MS, () => {
      this.#rest = undefined;
      if (this.#isStale) this.publish();
    });
  }

  /** Nothing is placed or told from now on; what is open is taken up by the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#rest?.();
    this.#rest = undefined;
  }

  #hear(print: PricePrint): void {
    if (this.#isStopped) return;
    this.#watch.hear(print);
    this.publish();
  }

  #stateParts(): StateParts {
    const { clock, placeOf } = this.#parts;
    const now = clock.now();
    return {
      book: this.#book,
      now,
      isToday: (instrument, time) => this.#watch.isToday(instrument, time, now),
      ltpOf: (instrument) => placeOf(instrument)?.board.ltp,
      tickSizeOf: (instrument) => placeOf(instrument)?.instrument.tickSize,
    };
  }
}
