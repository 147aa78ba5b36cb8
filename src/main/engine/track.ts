import { type AuctionBar, type AuctionKind, auctionAt } from '../../core/auction.ts';
import type { EpochMs, TradingDate } from '../../core/brand.ts';
import type { Calendar, Session } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import type { Piece } from '../../core/candle-builder.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { EmaCrossReading } from '../../core/scanner/ema-cross.ts';
import type { Tick } from '../../core/tick.ts';
import { BASE_TIMEFRAME, type Timeframe } from '../../core/timeframe.ts';
import { AuctionMaker } from './auction-maker.ts';
import { fits, lengthOf } from './bar-length.ts';
import { BarMaker, type PushOutcome } from './bar-maker.ts';
import { Coverage } from './coverage.ts';
import type { Hearing } from './hearing.ts';
import { QuoteBoard } from './quote-board.ts';
import type { RuleLane } from './rule-lane.ts';
import { TickReader } from './tick-reader.ts';

/** Where a track's bars go. */
export interface TrackOutput {
  /** A closed bar, made of ticks, to be kept. `isInferred`: its high or low is a print that was never sent. */
  store(track: Track, candle: Candle, isInferred: boolean): void;
  /** What an auction has traded so far. */
  auction(bar: AuctionBar): void;
  /** What was kept of an auction by an earlier run. */
  auctionSoFar(track: Track, date: TradingDate, kind: AuctionKind): AuctionBar | undefined;
  /** A print that was never sent showed in the day's high or low. */
  inferred(): void;
  /** A trade came after its base bar had closed. `isNewest`: none that came before it was stamped later. */
  late(track: Track, piece: Piece, isNewest: boolean): void;
  /** A bar of a timeframe that rules look at closed, seen whole or not. */
  ruleBar(track: Track, candle: Candle): void;
  /** A bar of a chart that a screen watches. */
  chartBar(candle: Candle, closed: boolean): void;
}

/** A lane and the bars being built for it. */
export interface LaneSlot {
  readonly lane: RuleLane;
  readonly maker: BarMaker;
}

/** What became of a tick: see `BarStep`; or it was one of an auction's. */
export type TickOutcome = PushOutcome | 'auction';

/** All that the engine keeps of one instrument while it runs. */
export class Track {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly coverage: Coverage;
  readonly board: QuoteBoard;
  readonly reader = new TickReader();
  /** By timeframe, once they are warm; until then closed bars reach them through the archive. */
  readonly lanes = new Map<Timeframe, LaneSlot>();
  readonly charts = new Map<Timeframe, BarMaker>();
  readonly #out: TrackOutput;
  readonly #auctions: AuctionMaker;
  readonly #base: BarMaker;
  #seconds: BarMaker | undefined;
  #date: TradingDate | undefined;
  #session: Session | undefined;
  /** Time of the tick that told of a print nobody sent. */
  #inferredAt: EpochMs | undefined;

  constructor(instrument: Instrument, calendar: Calendar, out: TrackOutput, hearing: Hearing) {
    this.instrument = instrument;
    this.calendar = calendar;
    this.coverage = new Coverage(hearing, calendar);
    this.board = new QuoteBoard(instrument.key);
    this.#out = out;
    this.#auctions = new AuctionMaker(instrument.key, (date, kind) => out.auctionSoFar(this, date, kind));
    this.#base = this.makerOf(BASE_TIMEFRAME);
  }

  makerOf(timeframe: Timeframe): BarMaker {
    return new BarMaker({ instrument: this.instrument.key, timeframe, calendar: this.calendar });
  }

  recordSeconds(on: boolean): void {
    this.#seconds = on ? (this.#seconds ?? this.makerOf('1s')) : undefined;
  }

  /** A trade: it builds bars. Answers what became of it in the base bar. */
  tick(tick: Tick): TickOutcome {
    const { ltp, time } = tick;
    const date = this.#enter(time);
    const { piece, isInferred, isReset, isNewest } = this.reader.read(tick, date, this.#session);
    if (isReset) this.#auctions.startOver();
    const outcome = this.#keep(this.#base, piece);
    this.board.take(tick, outcome === 'late');
    if (outcome === 'outside-session') return this.#aside(piece);
    if (this.#seconds !== undefined) this.#keep(this.#seconds, piece);
    if (outcome === 'late') {
      if (isInferred) this.reader.putBack();
      this.#out.late(this, piece, isNewest);
    } else {
      this.#auctions.see(ltp);
      if (isInferred) this.#infer(time);
    }
    this.#build(piece, 0);
    return outcome;
  }

  /** A price looked at: it moves the screen, and no bar that is kept. */
  look(tick: Tick): void {
    const { ltp, time } = tick;
    const date = this.#enter(time);
    this.board.take(tick, false);
    // What was traded since the last look may belong to several bars and is left to history; the next trade counts from here.
    this.reader.look(tick, date);
    const piece: Piece = { time, open: ltp, high: ltp, low: ltp, close: ltp, volume: undefined };
    this.#build(piece, 0);
  }

  /** A closed bar of the feed, whole by itself. Answers what became of it. */
  bar(candle: Candle, closeTime: EpochMs): TickOutcome {
    this.#enter(candle.openTime);
    this.board.takeBar(candle, closeTime);
    const { openTime: time, open, high, low, close, volume } = candle;
    const piece: Piece = { time, open, high, low, close, volume };
    if (this.#isAside(time)) return this.#aside(piece);
    this.#auctions.see(close);
    return this.#build(piece, lengthOf(candle.timeframe), closeTime);
  }

  /** Another feed begins, or the line came back: what was traded between belongs to no bar of either. */
  forgetVolume(): void {
    this.reader.forget();
  }

  /** Closes what ended at or before `time`. */
  seal(time: EpochMs): void {
    if (this.#base.seal(time) !== undefined) this.#store(this.#base);
    if (this.#seconds?.seal(time) !== undefined) this.#store(this.#seconds);
    for (const chart of this.charts.values()) {
      const closed = chart.seal(time);
      if (closed !== undefined) this.#out.chartBar(closed, true);
    }
    for (const { maker } of this.lanes.values()) {
      const closed = maker.seal(time);
      if (closed !== undefined) this.#out.ruleBar(this, closed);
    }
  }

  /** The readings that the watchlist shows, as if their bar closed at `ltp`. */
  preview(ltp: number): EmaCrossReading | undefined {
    for (const { lane } of this.lanes.values()) {
      const reading = lane.preview(ltp);
      if (reading !== undefined) return reading;
    }
    return undefined;
  }

  /** The base bar in progress: the newest prices, which are not in the store yet. */
  get base(): Candle | undefined {
    return this.#base.forming?.candle;
  }

  /** When the earliest of the forming bars ends; undefined when none is forming. */
  nextClose(): EpochMs | undefined {
    let next: EpochMs | undefined;
    for (const maker of this.#makers()) {
      const close = maker.forming?.closeTime;
      if (close !== undefined && (next === undefined || close < next)) next = close;
    }
    return next;
  }

  *#makers(): Iterable<BarMaker> {
    yield this.#base;
    if (this.#seconds !== undefined) yield this.#seconds;
    for (const { maker } of this.lanes.values()) yield maker;
    yield* this.charts.values();
  }

  /** The date of `time`; the first of a later date begins that day. */
  #enter(time: EpochMs): TradingDate {
    const date = this.calendar.dateOf(time);
    if (date !== this.#date) {
      if (this.#date !== undefined && date > this.#date) this.board.beginDay();
      if (this.#date === undefined || date > this.#date) {
        this.#date = date;
        this.#session = this.calendar.session(date);
      }
    }
    return date;
  }

  /** Whether continuous trading of the day is over or has not begun. */
  #isAside(time: EpochMs): boolean {
    return this.#session === undefined || time < this.#session.open || time >= this.#session.close;
  }

  /** A price beside continuous trading: an auction's, which days, weeks and months hold too, or nobody's. */
  #aside(piece: Piece): TickOutcome {
    const session = this.#session;
    const kind = session && auctionAt(session, piece.time);
    if (session === undefined || kind === undefined) return 'outside-session';
    // The exchange has gone on to the auction: nothing more can come for the bars before it.
    if (kind === 'closing') this.seal(session.close);
    const bar = this.#auctions.push(piece, kind, session);
    if (bar !== undefined) {
      this.#out.auction(bar);
      this.#build(piece, Number.POSITIVE_INFINITY);
    }
    return 'auction';
  }

  #keep(maker: BarMaker, piece: Piece): PushOutcome {
    const outcome = maker.push(piece);
    if (outcome === 'rolled') this.#store(maker);
    return outcome;
  }

  #store({ closed }: BarMaker): void {
    if (closed === undefined) return;
    const inferredAt = this.#inferredAt ?? Number.NEGATIVE_INFINITY;
    const end = closed.openTime + lengthOf(closed.timeframe);
    this.#out.store(this, closed, inferredAt >= closed.openTime && inferredAt < end);
  }

  /** To be called once the tick's bars have begun: those before them are stored by then. */
  #infer(time: EpochMs): void {
    this.#inferredAt = time;
    this.#out.inferred();
  }

  /** Feeds rule and charts whose bars are made of pieces this long; `closeTime` closes a bar that the piece completes. */
  #build(piece: Piece, lengthMs: number, closeTime?: EpochMs): PushOutcome {
    let outcome: PushOutcome = 'updated';
    for (const chart of this.charts.values()) {
      if (!fits(lengthMs, chart.kind.timeframe)) continue;
      if (chart.push(piece) === 'rolled' && chart.closed !== undefined) this.#out.chartBar(chart.closed, true);
      if (chart.forming !== undefined) this.#out.chartBar(chart.forming.candle, false);
    }
    for (const { maker } of this.lanes.values()) {
      if (!fits(lengthMs, maker.kind.timeframe)) continue;
      outcome = maker.push(piece);
      const { closed } = maker;
      if (outcome === 'rolled' && closed !== undefined) this.#out.ruleBar(this, closed);
    }
    if (closeTime !== undefined) this.seal(closeTime);
    return outcome;
  }
}
