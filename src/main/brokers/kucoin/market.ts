import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, FeedSink } from '../../engine/ports.ts';
import { CandleDesk } from './candle-desk.ts';
import { InstrumentState } from './instrument-state.ts';
import { tickOf } from './quotes.ts';
import { isConsistent } from './read-book.ts';
import type { ServerFrame } from './read-frame.ts';
import { readUpdate } from './read-update.ts';
import { splitTopic } from './topics.ts';
import type { BookUpdate, QuoteUpdate, TradeUpdate, Update } from './update.ts';
import { TOPIC } from './wire.ts';

export interface MarketParts {
  readonly clock: Clock;
  readonly sink: FeedSink;
  /** Our key of each symbol the venue and we know. */
  readonly keys: ReadonlyMap<string, InstrumentKey>;
  /** The venue's own clock. */
  serverNow(): EpochMs;
}

/** A message that was refused, and why. */
type Reject = (reason: string, detail: string) => void;

/** Our clock may be wrong, but no more than that. */
const OFF_MS = DAY_MS;
/** A book older than this was perhaps not the one a trade met. */
const FRESH_BOOK_MS = 1_000;

/**
 * What the venue tells of the market, from all connections together, made into ticks, quotes, books and candles. Two
 * connections may carry the same for a while: a trade counts once, and of everything else the newer one counts.
 */
export class Market {
  readonly #parts: MarketParts;
  readonly #candles: CandleDesk;
  #states = new Map<string, InstrumentState>();
  #wanted: ReadonlySet<InstrumentKey> = new Set();
  #topics: ReadonlySet<string> = new Set();

  constructor(parts: MarketParts) {
    this.#parts = parts;
    this.#candles = new CandleDesk(parts);
  }

  /** Only these are told of, and of books and candles only those whose topics are wanted. */
  watch(wanted: ReadonlySet<InstrumentKey>, topics: ReadonlySet<string>): void {
    this.#wanted = wanted;
    this.#topics = topics;
    this.#candles.keep(topics);
  }

  /** A message of the stream. True when it made sense, repetitions included: proof that prices are coming in. */
  take(frame: Extract<ServerFrame, { readonly type: 'message' }>, reject: Reject): boolean {
    const update = readUpdate(frame);
    if ('reject' in update) {
      reject(update.reject, update.detail);
      return false;
    }
    const instrument = this.#parts.keys.get(update.symbol);
    if (instrument === undefined) {
      reject('unknown-instrument', update.symbol);
      return false;
    }
    if (!this.#isTimely(update)) {
      reject('bad-time', update.symbol);
      return false;
    }
    // A late word on what is no longer watched.
    const isAsked = update.kind === 'trade' || update.kind === 'quote' || this.#topics.has(frame.topic);
    if (!this.#wanted.has(instrument) || !isAsked) return true;
    switch (update.kind) {
      case 'trade':
        this.#trade(update, instrument);
        break;
      case 'quote':
        this.#quote(update, instrument);
        break;
      case 'book':
        return this.#book(update, instrument, reject);
      case 'candle':
        this.#candles.take(frame.topic, update, instrument);
    }
    return true;
  }

  /** The connection that carried these is gone: what we knew through it may have changed unseen. */
  lost(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.#candles.forget(topic);
      const { purpose, subject } = splitTopic(topic) ?? {};
      if (purpose === TOPIC.depth5 && subject !== undefined) this.#states.get(subject)?.forgetBook();
    }
  }

  stop(): void {
    this.#candles.stop();
  }

  /** Nothing is from the future; and a trade is told within moments, or is none of this day. */
  #isTimely(update: Update): boolean {
    const stamp = update.kind === 'candle' ? update.openTime : update.time;
    if (stamp === undefined) return true;
    const aheadMs = stamp - this.#parts.serverNow();
    return aheadMs <= OFF_MS && (update.kind !== 'trade' || aheadMs >= -OFF_MS);
  }

  #trade({ symbol, tradeId, price, size, side, time }: TradeUpdate, instrument: InstrumentKey): void {
    const state = this.#stateOf(symbol);
    if (!state.isNewTrade(tradeId)) return;
    const receivedAt = this.#parts.clock.now();
    state.last = price;
    const book = state.bookSince((receivedAt - FRESH_BOOK_MS) as EpochMs);
    const tick: Tick = { instrument, ltp: price, quantity: size, side, time, receivedAt };
    this.#parts.sink.ticks([book === undefined ? tick : { ...tick, book }]);
  }

  #quote(quote: QuoteUpdate, instrument: InstrumentKey): void {
    const state = this.#stateOf(quote.symbol);
    if (!state.isNewerQuote(quote)) return;
    state.last = quote.last;
    this.#parts.sink.quotes([tickOf(quote, instrument, this.#parts.clock.now())]);
  }

  /** A book has no last price of its own; before there is one it waits. */
  #book(update: BookUpdate, instrument: InstrumentKey, reject: Reject): boolean {
    const { symbol, sides, time } = update;
    if (!isConsistent(update)) {
      reject('crossed-book', symbol);
      return false;
    }
    const state = this.#stateOf(symbol);
    const receivedAt = this.#parts.clock.now();
    if (!state.isNewerBook(update, receivedAt)) return true;
    const { last } = state;
    if (last === undefined) return true;
    const [bid, ask] = [sides.bids[0]?.price, sides.asks[0]?.price];
    this.#parts.sink.quotes([{ instrument, ltp: last, bid, ask, time, receivedAt, book: sides }]);
    return true;
  }

  #stateOf(symbol: string): InstrumentState {
    const known = this.#states.get(symbol);
    if (known !== undefined) return known;
    const state = new InstrumentState();
    this.#states.set(symbol, state);
    return state;
  }
}
