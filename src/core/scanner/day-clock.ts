import { type BarSpan, barCloseTime, onGrid } from '../bar-time.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from '../brand.ts';
import type { Calendar, Session } from '../calendar.ts';
import { addDays } from '../calendar-date.ts';
import { INTRADAY_MS, type IntradayTimeframe, isIntraday, type Timeframe } from '../timeframe.ts';

/** Clocks are turned in the night, so from this hour on the time is counted from the end of the date. */
const MORNING_MS = 6 * HOUR_MS;
const MINUTES_A_DAY = 1_440;

/** A bar's place in the day, as rules see it. */
export interface BarMoment {
  readonly date: TradingDate;
  readonly closeTime: EpochMs;
  /** The close in minutes after midnight, by the market's own clock; midnight itself is 1440. */
  readonly minute: number;
}

/** Answers for the bars of a date without asking the calendar for each. */
export class DayClock {
  readonly calendar: Calendar;
  readonly #timeframe: Timeframe;
  /** Of bars within a day. */
  readonly #length: number | undefined;
  #date = '' as TradingDate;
  #start = Number.POSITIVE_INFINITY;
  #end = Number.NEGATIVE_INFINITY;
  #session: Session | undefined;

  /** `timeframe` is that of the bars. */
  constructor(calendar: Calendar, timeframe: Timeframe) {
    this.calendar = calendar;
    this.#timeframe = timeframe;
    this.#length = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : undefined;
  }

  momentOf(openTime: EpochMs): BarMoment {
    this.#enter(openTime);
    const closeTime =
      this.#length === undefined
        ? barCloseTime(openTime, this.#timeframe, this.calendar)
        : this.#closing(openTime, this.#length);
    return { date: this.#date, closeTime, minute: this.#minuteOf(closeTime) };
  }

  /** The bar of the day's grid that holds the bar which opens at `openTime`. */
  spanOf(openTime: EpochMs, timeframe: IntradayTimeframe): BarSpan {
    this.#enter(openTime);
    const length = INTRADAY_MS[timeframe];
    const start = onGrid(openTime, this.#session?.open ?? this.calendar.anchor(this.#date), length);
    const opens = Math.max(start, this.#start) as EpochMs;
    return { openTime: opens, closeTime: this.#closing(opens, length) };
  }

  /** Minutes of trading between two instants of one date: pauses do not count. */
  tradingMinutes(from: EpochMs, to: EpochMs): number {
    this.#enter(from);
    const parts = this.#session?.parts ?? [];
    const closed = parts.slice(1).reduce((sum, { open }, at) => {
      const pause = parts[at]?.close ?? open;
      return sum + Math.max(0, Math.min(to, open) - Math.max(from, pause));
    }, 0);
    return (to - from - closed) / MINUTE_MS;
  }

  #enter(time: EpochMs): void {
    if (time >= this.#start && time < this.#end) return;
    this.#date = this.calendar.dateOf(time);
    this.#start = this.calendar.midnight(this.#date);
    this.#end = this.calendar.midnight(addDays(this.#date, 1));
    this.#session = this.calendar.session(this.#date);
  }

  #closing(openTime: EpochMs, lengthMs: number): EpochMs {
    const end = (openTime + lengthMs) as EpochMs;
    const close = this.#session?.close;
    return close !== undefined && openTime < close && close < end ? close : end;
  }

  #minuteOf(time: EpochMs): number {
    // The close of a week lies beyond the date it opened on.
    if (time < this.#start || time > this.#end) return this.#minuteElsewhere(time);
    const sinceStart = time - this.#start;
    const minutes = sinceStart < MORNING_MS ? sinceStart / MINUTE_MS : MINUTES_A_DAY - (this.#end - time) / MINUTE_MS;
    const beginsAt = this.calendar.dayBeginsAt;
    return beginsAt === undefined ? minutes : (beginsAt + minutes) % MINUTES_A_DAY;
  }

  #minuteElsewhere(time: EpochMs): number {
    this.#enter(time);
    return this.#minuteOf(time);
  }
}
