import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import type { Segment } from '../../../core/instrument.ts';
import type { BookSides } from '../../../core/order-book.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, FeedSink } from '../../engine/ports.ts';
import { CandleCloser, type JudgedCandle } from './candle-closer.ts';
import type { TinvestInstrument } from './instrument-row.ts';
import type { Named, StreamMessage, TradingState, VenueBook, VenueLastPrice, VenueTrade } from './messages.ts';
import { tradeTick } from './past-trades.ts';
import { placeBar } from './place-bar.ts';
import { TradeLedger } from './trade-ledger.ts';

export interface EventDeskParts {
  readonly instruments: readonly TinvestInstrument[];
  readonly clock: Clock;
  readonly sink: FeedSink;
  /** Each candle comes when it has closed. */
  readonly waitingClose: boolean;
  isWatched(instrument: InstrumentKey): boolean;
  /** Asked with every message, for it may change. */
  wantsBooks(): boolean;
  wantsCandles(): boolean;
  calendarOf(segment: Segment): Calendar;
}

/** What is known of one instrument. */
interface State {
  readonly key: InstrumentKey;
  readonly segment: Segment;
  readonly ledger: TradeLedger;
  last: { readonly price: number; readonly time: EpochMs } | undefined;
  book: (BookSides & { readonly time: EpochMs }) | undefined;
  trading: TradingState | undefined;
}

/** Beyond this a time stamp is garbage, not a clock that runs fast: it would send every bar into the future. */
const FURTHEST_AHEAD_MS = DAY_MS;

/** Turns the events of all streams into what the engine is told. Volumes and quantities are in lots. */
export class EventDesk {
  readonly #parts: EventDeskParts;
  readonly #byUid: ReadonlyMap<string, State>;
  readonly #byFigi: ReadonlyMap<string, State>;
  readonly #closer: CandleCloser;

  constructor(parts: EventDeskParts) {
    this.#parts = parts;
    this.#closer = new CandleCloser(parts.waitingClose);
    const states = parts.instruments.map(({ instrument: { key, segment }, uid, figi }) => {
      const state: State = {
        key,
        segment,
        ledger: new TradeLedger(),
        last: undefined,
        book: undefined,
        trading: undefined,
      };
      return { uid, figi, state };
    });
    this.#byUid = new Map(states.map(({ uid, state }) => [uid, state]));
    this.#byFigi = new Map(states.filter(({ figi }) => figi !== '').map(({ figi, state }) => [figi, state]));
  }

  /** One event. True when it brought a price of something that is watched. */
  take(message: StreamMessage): boolean {
    switch (message.kind) {
      case 'trade':
        return this.#trade(message.trade);
      case 'lastPrice':
        return this.#lastPrice(message.lastPrice);
      case 'book':
        return this.#book(message.book);
      case 'candle': {
        const state = this.#stateOf(message.candle);
        if (state === undefined || !this.#parts.wantsCandles()) return false;
        for (const judged of this.#closer.take(message.candle)) this.#candle(state, judged);
        return true;
      }
      case 'status': {
        const state = this.#stateOf(message.status);
        if (state !== undefined) state.trading = message.status.state;
        return false;
      }
      default:
        return false;
    }
  }

  /** Tells of candles whose time is over. */
  closeCandles(): void {
    for (const judged of this.#closer.due(this.#parts.clock.now())) {
      const { uid, figi } = judged.candle;
      const state = this.#byUid.get(uid) ?? this.#byFigi.get(figi);
      if (state !== undefined && this.#parts.isWatched(state.key)) this.#candle(state, judged);
    }
  }

  ledgerOf(uid: string): TradeLedger | undefined {
    return this.#byUid.get(uid)?.ledger;
  }

  /** Whether any of these may be traded, as far as the venue says. */
  isOpen(uids: Iterable<string>): boolean {
    for (const uid of uids) {
      const trading = this.#byUid.get(uid)?.trading ?? 'unknown';
      if (trading === 'open' || trading === 'unknown') return true;
    }
    return false;
  }

  /** Trades from the venue's memory, oldest first. */
  fill(uid: string, trades: readonly VenueTrade[]): void {
    const state = this.#byUid.get(uid);
    if (state === undefined || trades.length === 0 || !this.#parts.isWatched(state.key)) return;
    const now = this.#parts.clock.now();
    this.#parts.sink.ticks(trades.map((trade) => tradeTick(state.key, trade, now)));
  }

  #trade(trade: VenueTrade): boolean {
    const state = this.#stateOf(trade);
    if (state === undefined || trade.isDealer || this.#isAhead(trade.time, state)) return false;
    if (!state.ledger.take(trade)) return true;
    if (state.last === undefined || trade.time >= state.last.time) state.last = trade;
    this.#parts.sink.ticks([{ ...tradeTick(state.key, trade, this.#parts.clock.now()), ...this.#bookOf(state) }]);
    return true;
  }

  #lastPrice({ price, time, isDealer, ...names }: VenueLastPrice): boolean {
    const state = this.#stateOf(names);
    if (state === undefined || isDealer || this.#isAhead(time, state)) return false;
    // The trade itself has been told, or something newer.
    if (state.last !== undefined && time <= state.last.time) return true;
    state.last = { price, time };
    this.#look(state, time);
    return true;
  }

  #book(book: VenueBook): boolean {
    const state = this.#stateOf(book);
    if (state === undefined || book.isDealer || !this.#parts.wantsBooks() || this.#isAhead(book.time, state))
      return false;
    if (state.book !== undefined && book.time < state.book.time) return false;
    const { bids, asks, time } = book;
    const [bid, ask] = [bids[0]?.price, asks[0]?.price];
    const fault = !book.isConsistent
      ? 'inconsistent-book'
      : bid !== undefined && ask !== undefined && bid >= ask
        ? 'crossed-book'
        : undefined;
    state.book = fault === undefined ? { bids, asks, time } : undefined;
    if (fault !== undefined) {
      this.#parts.sink.rejected(fault, state.key);
      return false;
    }
    this.#look(state, time);
    return true;
  }

  /** Shows the newest price, with the best orders as they are. */
  #look(state: State, time: EpochMs): void {
    if (state.last === undefined) return;
    const tick: Tick = {
      instrument: state.key,
      ltp: state.last.price,
      time,
      receivedAt: this.#parts.clock.now(),
      ...this.#bookOf(state),
    };
    this.#parts.sink.quotes([tick]);
  }

  #bookOf({ book }: State): Pick<Tick, 'bid' | 'ask' | 'book'> {
    if (book === undefined || !this.#parts.wantsBooks()) return {};
    const { bids, asks } = book;
    return { bid: bids[0]?.price, ask: asks[0]?.price, book: { bids, asks } };
  }

  #candle({ key, segment }: State, { candle, closed }: JudgedCandle): void {
    const { timeframe } = candle.interval;
    if (timeframe === undefined) return;
    const openTime = placeBar(candle.openTime, timeframe, this.#parts.calendarOf(segment));
    if (openTime === undefined) return;
    const { open, high, low, close, volume } = candle;
    this.#parts.sink.candle({ instrument: key, timeframe, openTime, open, high, low, close, volume }, closed);
  }

  /** Of what is watched. A name that neither we nor the venue know is refused. */
  #stateOf({ uid, figi }: Named): State | undefined {
    const state = uid === '' ? this.#byFigi.get(figi) : this.#byUid.get(uid);
    if (state === undefined) this.#parts.sink.rejected('unknown-instrument', uid || figi || 'no instrument');
    return state !== undefined && this.#parts.isWatched(state.key) ? state : undefined;
  }

  #isAhead(time: EpochMs, { key }: State): boolean {
    if (time <= this.#parts.clock.now() + FURTHEST_AHEAD_MS) return false;
    this.#parts.sink.rejected('bad-time', `${key} at ${time}`);
    return true;
  }
}
