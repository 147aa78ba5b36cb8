import { periodSpan } from '../bar-time.ts';
import type { EpochMs } from '../brand.ts';
import type { Candle } from '../candle.ts';
import { lookBack } from '../look-back.ts';
import { tidyQuantity } from '../tidy-quantity.ts';
import { type CalendarTimeframe, type IntradayTimeframe, isIntraday, type Timeframe } from '../timeframe.ts';
import type { BarMoment, DayClock } from './day-clock.ts';
import type { LaneContext, LongerStart } from './lane-context.ts';
import { Frame, type FrameOwner, type FramePlan } from './node-frame.ts';

/** A longer bar as far as the lane's own bars make it. An unknown volume of one of them makes the whole bar's unknown. */
interface Partial {
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What the longer frames of one lane share. */
export interface LongerParts {
  readonly context: LaneContext;
  readonly owner: FrameOwner;
  readonly clock: DayClock;
}

/** One longer timeframe of a lane: its bars, and what is computed on them. */
export abstract class LongerBars {
  readonly frame: Frame;
  protected readonly parts: LongerParts;
  protected partial: Partial | undefined;
  #firstBar: EpochMs | undefined;
  /** Where the first bar it asked history for may lie. */
  #since: EpochMs | undefined;

  constructor(frame: Frame, parts: LongerParts, from: LongerBars | undefined) {
    this.frame = frame;
    this.parts = parts;
    this.partial = from?.partial;
    this.#since = from === undefined ? undefined : from.#since;
  }

  get timeframe(): Timeframe {
    return this.frame.plan.timeframe;
  }

  /** Where it began; undefined before its first bar. */
  get start(): LongerStart | undefined {
    const firstBar = this.#firstBar;
    return firstBar === undefined ? undefined : { timeframe: this.timeframe, firstBar, barCount: this.frame.bars };
  }

  /** Goes on to the close of the lane's next bar. */
  abstract advance(bar: Candle, moment: BarMoment, isNewDate: boolean): void;

  /** Another that stands where this one does. What it asks of history it asks `parts`. */
  abstract copy(parts: LongerParts): LongerBars;

  protected close(bar: Candle): void {
    const date = this.parts.owner.dateOf(bar.openTime);
    this.frame.evaluate(bar, date, Number.NaN);
    this.frame.commit(bar, date);
    this.#firstBar ??= bar.openTime;
  }

  /** Takes the bars that had closed by `until` and that it has not had. */
  protected pull(until: EpochMs): void {
    const { context } = this.parts;
    this.#since ??=
      context.longerFrom?.(this.timeframe) ?? lookBack(context.calendar, this.timeframe, this.frame.plan.needs, until);
    const from = this.frame.bar === undefined ? this.#since : ((this.frame.bar.openTime + 1) as EpochMs);
    if (from >= until) return;
    for (const bar of context.longer(this.timeframe, from, until))
      if (bar.openTime > (this.frame.bar?.openTime ?? Number.NEGATIVE_INFINITY)) this.close(bar);
  }

  /** Evaluates the bar in progress, for whoever asks for it. */
  protected form(): void {
    if (!this.frame.plan.asksForming || this.partial === undefined) return;
    const bar = this.candle(this.partial);
    this.frame.evaluate(bar, this.parts.owner.dateOf(bar.openTime), Number.NaN);
    this.frame.forming = bar;
  }

  protected candle({ openTime, open, high, low, close, volume }: Partial): Candle {
    const { key: instrument } = this.parts.context.instrument;
    const traded = Number.isNaN(volume) ? undefined : tidyQuantity(volume);
    return { instrument, timeframe: this.timeframe, openTime, open, high, low, close, volume: traded };
  }
}

/** Bars within a day, made of the lane's own: closed as soon as one of those closes with them or beyond. */
export class LongerIntraday extends LongerBars {
  readonly #length: IntradayTimeframe;
  #hasBegun: boolean;

  constructor(length: IntradayTimeframe, frame: Frame, parts: LongerParts, from?: LongerIntraday) {
    super(frame, parts, from);
    this.#length = length;
    this.#hasBegun = from === undefined ? false : from.#hasBegun;
  }

  override advance(bar: Candle, { closeTime }: BarMoment): void {
    const span = this.parts.clock.spanOf(bar.openTime, this.#length);
    if (!this.#hasBegun) this.pull(span.openTime);
    this.#hasBegun = true;
    // Nothing traded in its last part.
    if (this.partial !== undefined && this.partial.closeTime <= bar.openTime) this.#finish(this.partial);
    // What is traded after the session's last bar belongs to none.
    if (span.openTime > (this.frame.bar?.openTime ?? Number.NEGATIVE_INFINITY)) {
      this.partial = widened(this.partial, bar, span);
      if (closeTime >= span.closeTime) this.#finish(this.partial);
    }
    this.form();
  }

  override copy(parts: LongerParts): LongerIntraday {
    return new LongerIntraday(this.#length, this.frame.copy(), parts, this);
  }

  #finish(partial: Partial): void {
    this.partial = undefined;
    this.close(this.candle(partial));
  }
}

/** Days, weeks and months: known when a date begins, and from then on until the next one does. */
export class LongerCalendar extends LongerBars {
  readonly #length: CalendarTimeframe;

  constructor(length: CalendarTimeframe, frame: Frame, parts: LongerParts, from?: LongerCalendar) {
    super(frame, parts, from);
    this.#length = length;
  }

  override advance(bar: Candle, _moment: BarMoment, isNewDate: boolean): void {
    if (isNewDate) this.pull(bar.openTime);
    if (!this.frame.plan.asksForming) return;
    if (isNewDate) this.partial = this.#daysBefore(bar.openTime);
    const span = this.partial ?? this.#spanOf(bar.openTime);
    this.partial = widened(this.partial, bar, span);
    this.form();
  }

  override copy(parts: LongerParts): LongerCalendar {
    return new LongerCalendar(this.#length, this.frame.copy(), parts, this);
  }

  /** The week or month in progress as the days before this one made it. */
  #daysBefore(openTime: EpochMs): Partial | undefined {
    if (this.#length === '1d') return undefined;
    const span = this.#spanOf(openTime);
    if (span.openTime >= openTime) return undefined;
    let partial: Partial | undefined;
    for (const day of this.parts.context.longer('1d', span.openTime, openTime)) partial = widened(partial, day, span);
    return partial;
  }

  #spanOf(openTime: EpochMs): Pick<Partial, 'openTime' | 'closeTime'> {
    const { calendar } = this.parts.context;
    return periodSpan(calendar.dateOf(openTime), this.#length, calendar);
  }
}

function widened(
  partial: Partial | undefined,
  { open, high, low, close, volume = Number.NaN }: Candle,
  { openTime, closeTime }: Pick<Partial, 'openTime' | 'closeTime'>,
): Partial {
  if (partial === undefined) return { openTime, closeTime, open, high, low, close, volume };
  return {
    openTime,
    closeTime,
    open: partial.open,
    high: Math.max(partial.high, high),
    low: Math.min(partial.low, low),
    close,
    volume: partial.volume + volume,
  };
}

/** The bars of a longer timeframe that a lane's rules ask for. */
export function longerBars(plan: FramePlan, parts: LongerParts): LongerBars {
  const frame = new Frame(plan, parts.owner);
  const { timeframe } = plan;
  return isIntraday(timeframe)
    ? new LongerIntraday(timeframe, frame, parts)
    : new LongerCalendar(timeframe, frame, parts);
}
