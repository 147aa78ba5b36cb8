import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import type { Quote } from '../../core/quote.ts';
import type { EmaCrossReading } from '../../core/scanner/ema-cross.ts';
import type { Tick } from '../../core/tick.ts';

const SPARK_MS = 5 * MINUTE_MS;
/** Longer than any session, shorter than the pause to the next. */
const DAY_STEPS = 9 * 12;

/** What a venue tells of the day so far. */
type DayPrices = Pick<Quote, 'dayOpen' | 'dayHigh' | 'dayLow'>;

/** The exchange's stamp of a tick, and ours. */
export interface TickStamps {
  readonly time: EpochMs;
  readonly receivedAt: EpochMs;
}

/** The newest known state of one instrument's price. */
export class QuoteBoard {
  readonly #instrument: InstrumentKey;
  #ltp: number | undefined;
  #time = 0 as EpochMs;
  #receivedAt = 0 as EpochMs;
  /** The tick before the newest, of which a bar that just closed may have been made. */
  #before: TickStamps | undefined;
  #previousClose: number | undefined;
  #dayVolume: number | undefined;
  #day: DayPrices = {};
  #bid: number | undefined;
  #ask: number | undefined;
  /** Closes of the day so far, one each five minutes, by the number of the five minutes since the epoch. */
  #line = new Map<number, number>();

  constructor(instrument: InstrumentKey) {
    this.#instrument = instrument;
  }

  get ltp(): number | undefined {
    return this.#ltp;
  }

  /** When the newest price came; undefined before the first. */
  get receivedAt(): EpochMs | undefined {
    return this.#ltp === undefined ? undefined : this.#receivedAt;
  }

  /** When the newest price before `time` was stamped, and when it came; undefined where nobody remembers. */
  newestBefore(time: EpochMs): TickStamps | undefined {
    if (this.#ltp === undefined) return undefined;
    if (this.#time < time) return { time: this.#time, receivedAt: this.#receivedAt };
    return this.#before !== undefined && this.#before.time < time ? this.#before : undefined;
  }

  /** Closes of the day so far, oldest first. */
  get sparkline(): readonly number[] {
    return [...this.#line].sort(([a], [b]) => a - b).map(([, close]) => close);
  }

  /** A close of today, from the store or as prices come. */
  remember(time: EpochMs, close: number): void {
    const step = Math.floor(time / SPARK_MS);
    const [oldest] = this.#line.keys();
    if (oldest !== undefined && step - oldest > DAY_STEPS) this.#line = new Map();
    this.#line.set(step, close);
  }

  /** Another day's prices begin: the last one before them is what they are counted from, until the venue says better. */
  beginDay(): void {
    this.#previousClose = this.#ltp ?? this.#previousClose;
    this.#dayVolume = undefined;
    this.#day = {};
  }

  /** A late tick tells nothing new of the price. */
  take(tick: Tick, late: boolean): void {
    this.#previousClose = tick.previousClose ?? this.#previousClose;
    if (late || tick.time < this.#time) return;
    if (this.#ltp !== undefined) this.#before = { time: this.#time, receivedAt: this.#receivedAt };
    this.#ltp = tick.ltp;
    this.#time = tick.time;
    this.#receivedAt = tick.receivedAt;
    this.remember(tick.time, tick.ltp);
    this.#dayVolume = tick.dayVolume ?? this.#dayVolume;
    const { dayOpen, dayHigh, dayLow } = tick;
    if (dayOpen !== undefined || dayHigh !== undefined || dayLow !== undefined)
      this.#day = {
        dayOpen: dayOpen ?? this.#day.dayOpen,
        dayHigh: dayHigh ?? this.#day.dayHigh,
        dayLow: dayLow ?? this.#day.dayLow,
      };
    this.#bid = tick.bid ?? tick.book?.bids[0]?.price ?? this.#bid;
    this.#ask = tick.ask ?? tick.book?.asks[0]?.price ?? this.#ask;
  }

  takeBar({ close }: Candle, closeTime: EpochMs): void {
    if (closeTime < this.#time) return;
    this.#ltp = close;
    this.#time = closeTime;
    this.#receivedAt = closeTime;
    this.remember((closeTime - 1) as EpochMs, close);
  }

  /** Where the venue does not tell yesterday's close, the archive may. A word of the venue stands above it. */
  assumePreviousClose(close: number): void {
    this.#previousClose ??= close;
  }

  /** Undefined before the first price. */
  quote(reading: EmaCrossReading | undefined): Quote | undefined {
    const ltp = this.#ltp;
    if (ltp === undefined) return undefined;
    const previousClose = this.#previousClose;
    const { fast, slow, rsi } = reading ?? {};
    return {
      instrument: this.#instrument,
      ltp,
      previousClose,
      changePercent: previousClose === undefined ? undefined : ((ltp - previousClose) / previousClose) * 100,
      dayVolume: this.#dayVolume,
      ...this.#day,
      bid: this.#bid,
      ask: this.#ask,
      rsi,
      trend: fast === undefined || slow === undefined ? undefined : fast > slow ? 'up' : 'down',
      time: this.#time,
      receivedAt: this.#receivedAt,
    };
  }
}
