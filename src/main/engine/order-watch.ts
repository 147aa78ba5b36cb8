import { DAY_MS, type EpochMs, type InstrumentKey } from '../../core/brand.ts';
import { type Calendar, isTrading } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import type { Instrument } from '../../core/instrument.ts';
import { isSameSession, STALE_MS } from '../../core/order-checks.ts';
import type { OrderRecord } from '../../core/paper-order.ts';
import type { PricePrint } from '../../core/price-print.ts';
import { INTRADAY_MS, isIntraday } from '../../core/timeframe.ts';
import type { OrderFlow } from './order-flow.ts';
import type { Clock } from './ports.ts';
import type { QuoteBoard } from './quote-board.ts';
import { touchedBy } from './stop-watch.ts';
import type { OrderLane } from './ticket-book.ts';

/** After the disk or the broker refused to close a position, this long until it is asked again. */
const RETRY_MS = 5_000;

/** What is known of an instrument that is watched. */
export interface OrderPlace {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly board: Pick<QuoteBoard, 'ltp' | 'receivedAt'>;
}

export interface OrderWatchParts {
  readonly flow: OrderFlow;
  readonly clock: Pick<Clock, 'now'>;
  placeOf(instrument: InstrumentKey): OrderPlace | undefined;
  onTrouble(error: AppError): void;
}

/** Of an instrument, the lanes in which something is held or waits. */
interface Watched {
  readonly lanes: Set<OrderLane>;
  lastTime: number;
}

/** Brings prices to what waits for them: orders, and the stops and targets of what is held. */
export class OrderWatch {
  readonly #parts: OrderWatchParts;
  readonly #watched = new Map<InstrumentKey, Watched>();
  readonly #retryAt = new Map<OrderLane, number>();

  constructor(parts: OrderWatchParts) {
    this.#parts = parts;
  }

  get instruments(): ReadonlySet<InstrumentKey> {
    return new Set(this.#watched.keys());
  }

  has(instrument: InstrumentKey): boolean {
    return this.#watched.has(instrument);
  }

  /** To be called whenever something of the lane changed. */
  follow(lane: OrderLane): void {
    if (lane.holding.quantity === 0n) this.#retryAt.delete(lane);
    const { holding, entry, exit, leaving } = lane;
    const isActive = holding.quantity !== 0n || [entry, exit, leaving].some((order) => order !== undefined);
    const watched = this.#watched.get(lane.instrument);
    if (isActive && watched === undefined)
      this.#watched.set(lane.instrument, { lanes: new Set([lane]), lastTime: Number.NEGATIVE_INFINITY });
    else if (isActive) watched?.lanes.add(lane);
    else if (watched?.lanes.delete(lane) === true && watched.lanes.size === 0) this.#watched.delete(lane.instrument);
  }

  /**
   * A price or bar. One that is older than the newest, that no trade can have, or that was not made in continuous
   * trading, fills and closes nothing.
   */
  hear(print: PricePrint): void {
    const watched = this.#watched.get(print.instrument);
    const place = this.#parts.placeOf(print.instrument);
    if (watched === undefined || place === undefined) return;
    if (print.isBar ? print.time <= watched.lastTime : print.time < watched.lastTime) return;
    const { open, high, low, close, time } = print;
    if (![open, high, low, close].every((price) => Number.isFinite(price) && price > 0)) return;
    const { calendar } = place;
    const session = calendar.session(calendar.dateOf(time));
    if (session === undefined || !isTrading(session, time)) return;
    watched.lastTime = time;
    for (const { entry } of watched.lanes) if (entry !== undefined) this.#expire(entry, calendar, time);
    this.#parts.flow.venue.price?.(print);
    for (const lane of [...watched.lanes]) this.#protect(lane, print, place.instrument.tickSize);
  }

  /** Whether a time is of the day that the instrument's market has at `now`. */
  isToday(instrument: InstrumentKey, time: EpochMs, now: EpochMs): boolean {
    const calendar = this.#parts.placeOf(instrument)?.calendar;
    return calendar === undefined ? Math.abs(now - time) < DAY_MS / 2 : calendar.dateOf(time) === calendar.dateOf(now);
  }

  #protect(lane: OrderLane, print: PricePrint, tickSize: number): void {
    const { flow, clock } = this.#parts;
    const level = touchedBy(lane, print, tickSize);
    if (level === undefined || lane.opened === undefined) return;
    const now = clock.now();
    if (now < (this.#retryAt.get(lane) ?? Number.NEGATIVE_INFINITY)) return;
    this.#retryAt.set(lane, now + RETRY_MS);
    flow.close(lane, level, lane.opened.ticket.barTime);
  }

  /** An entry is meant for the moment it was asked: after a close, or long silence, it is given up. */
  #expire(entry: OrderRecord, calendar: Calendar, time: EpochMs): void {
    const { state, updatedAt, ticket } = entry;
    if (state !== 'placed') return;
    const bar = isIntraday(ticket.timeframe) ? INTRADAY_MS[ticket.timeframe] : 0;
    if (time - updatedAt <= Math.max(bar, STALE_MS) && isSameSession(calendar, updatedAt, time)) return;
    const message = 'No price came in time to fill it.';
    this.#parts.flow
      .withdraw(entry, { state: 'expired', message })
      .catch((thrown: unknown) => this.#parts.onTrouble(AppError.from(thrown)));
  }
}
