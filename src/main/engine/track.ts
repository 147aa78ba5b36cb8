import type { EpochMs, TradingDate } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { Piece } from '../../core/candle-builder.ts';
import { VolumeMeter } from '../../core/day-volume.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { Tick } from '../../core/tick.ts';
import { BASE_TIMEFRAME, INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { BarMaker, type PushOutcome } from './bar-maker.ts';
import { Coverage } from './coverage.ts';
import type { MarketLag } from './market-lag.ts';
import { QuoteBoard } from './quote-board.ts';
import type { RuleLane } from './rule-lane.ts';

/** Where a track's bars go. */
export interface TrackOutput {
  /** A closed bar to be kept. */
  store(candle: Candle, provenance: Provenance): void;
  /** A bar of the rule's timeframe closed, seen whole or not. */
  ruleBar(track: Track, candle: Candle): void;
  /** A bar of a chart that a screen watches. */
  chartBar(candle: Candle, closed: boolean): void;
}

/** A rule lane and the bars being built for it. */
interface RuleSlot {
  readonly lane: RuleLane;
  readonly maker: BarMaker;
}

/** All that the engine keeps of one instrument while it runs. */
export class Track {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly coverage: Coverage;
  readonly board: QuoteBoard;
  /** Set once the lane is warm; until then closed bars reach it through the archive. */
  rule: RuleSlot | undefined;
  readonly charts = new Map<Timeframe, BarMaker>();
  readonly #out: TrackOutput;
  readonly #meter = new VolumeMeter();
  readonly #base: BarMaker;
  #seconds: BarMaker | undefined;
  #date: TradingDate | undefined;

  constructor(instrument: Instrument, calendar: Calendar, out: TrackOutput, lag: Pick<MarketLag, 'ms'>) {
    this.instrument = instrument;
    this.calendar = calendar;
    this.coverage = new Coverage(lag);
    this.board = new QuoteBoard(instrument.key);
    this.#out = out;
    this.#base = this.makerOf(BASE_TIMEFRAME);
  }

  makerOf(timeframe: Timeframe): BarMaker {
    return new BarMaker({ instrument: this.instrument.key, timeframe, calendar: this.calendar });
  }

  recordSeconds(on: boolean): void {
    this.#seconds = on ? (this.#seconds ?? this.makerOf('1s')) : undefined;
  }

  /** A trade: it builds bars. Answers what became of it in the base bar. */
  tick(tick: Tick): PushOutcome {
    const { ltp, time } = tick;
    const volume = this.#meter.next(tick.dayVolume, this.#enter(time));
    const outcome = this.#keep(this.#base, { time, open: ltp, high: ltp, low: ltp, close: ltp, volume });
    this.board.take(tick, outcome === 'late');
    if (outcome === 'outside-session') return outcome;
    const piece: Piece = { time, open: ltp, high: ltp, low: ltp, close: ltp, volume };
    if (this.#seconds !== undefined) this.#keep(this.#seconds, piece);
    this.#build(piece, 0);
    return outcome;
  }

  /** A price looked at: it moves the screen, and no bar that is kept. */
  look(tick: Tick): void {
    const { ltp, time } = tick;
    const date = this.#enter(time);
    this.board.take(tick, false);
    // What was traded since the last look may belong to several bars and is left to history; the next trade counts from here.
    this.#meter.next(tick.dayVolume, date);
    const piece: Piece = { time, open: ltp, high: ltp, low: ltp, close: ltp, volume: undefined };
    this.#build(piece, 0);
  }

  /** A closed bar of the feed, whole by itself. Answers what became of it. */
  bar(candle: Candle, closeTime: EpochMs): PushOutcome {
    this.#enter(candle.openTime);
    this.board.takeBar(candle, closeTime);
    const { openTime: time, open, high, low, close, volume } = candle;
    return this.#build({ time, open, high, low, close, volume }, lengthOf(candle.timeframe), closeTime);
  }

  /** Another feed begins: what was traded between the two belongs to no bar of either. */
  forgetVolume(): void {
    this.#meter.forget();
  }

  /** Closes what ended at or before `time`. */
  seal(time: EpochMs): void {
    if (this.#base.seal(time) !== undefined) this.#store(this.#base);
    if (this.#seconds?.seal(time) !== undefined) this.#store(this.#seconds);
    for (const chart of this.charts.values()) {
      const closed = chart.seal(time);
      if (closed !== undefined) this.#out.chartBar(closed, true);
    }
    const closed = this.rule?.maker.seal(time);
    if (closed !== undefined) this.#out.ruleBar(this, closed);
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
    if (this.rule !== undefined) yield this.rule.maker;
    yield* this.charts.values();
  }

  /** The date of `time`; the first of a later date begins that day. */
  #enter(time: EpochMs): TradingDate {
    const date = this.calendar.dateOf(time);
    if (date !== this.#date) {
      if (this.#date !== undefined && date > this.#date) this.board.beginDay();
      if (this.#date === undefined || date > this.#date) this.#date = date;
    }
    return date;
  }

  #keep(maker: BarMaker, piece: Piece): PushOutcome {
    const outcome = maker.push(piece);
    if (outcome === 'rolled') this.#store(maker);
    return outcome;
  }

  #store({ closed }: BarMaker): void {
    if (closed !== undefined) this.#out.store(closed, 'live');
  }

  /** Feeds rule and charts whose bars are made of pieces this long; `closeTime` closes a bar that the piece completes. */
  #build(piece: Piece, lengthMs: number, closeTime?: EpochMs): PushOutcome {
    let outcome: PushOutcome = 'updated';
    for (const chart of this.charts.values()) {
      if (!fits(lengthMs, chart.kind.timeframe)) continue;
      if (chart.push(piece) === 'rolled' && chart.closed !== undefined) this.#out.chartBar(chart.closed, true);
      if (chart.forming !== undefined) this.#out.chartBar(chart.forming.candle, false);
    }
    const { rule } = this;
    if (rule !== undefined && fits(lengthMs, rule.maker.kind.timeframe)) {
      outcome = rule.maker.push(piece);
      const { closed } = rule.maker;
      if (outcome === 'rolled' && closed !== undefined) this.#out.ruleBar(this, closed);
    }
    if (closeTime !== undefined) this.seal(closeTime);
    return outcome;
  }
}

function lengthOf(timeframe: Timeframe): number {
  return isIntraday(timeframe) ? INTRADAY_MS[timeframe] : Number.POSITIVE_INFINITY;
}

/** Whether bars of `timeframe` can be made of pieces this long: never shorter bars of longer ones. */
function fits(pieceMs: number, timeframe: Timeframe): boolean {
  if (!isIntraday(timeframe)) return true;
  return pieceMs === 0 || (pieceMs <= INTRADAY_MS[timeframe] && INTRADAY_MS[timeframe] % pieceMs === 0);
}
