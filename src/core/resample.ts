import { onGrid, periodStart } from './bar-time.ts';
import type { EpochMs, TradingDate } from './brand.ts';
import type { Calendar } from './calendar.ts';
import { addDays } from './calendar-date.ts';
import { type CandleColumns, createColumns, sliceColumns } from './candle-columns.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/**
 * Makes longer bars of shorter ones, or of prices, in one pass. Rows must be oldest first.
 *
 * Bars are counted from the day's first session open and never span two days; weeks begin on Monday, months
 * are the market's calendar months, and their open time is the anchor of their first day with rows. No row is
 * dropped: what lies outside continuous trading falls into the day's grid as it runs on, in both directions.
 * An unknown volume (NaN) makes the whole bar's unknown.
 */
export function resampleColumns(rows: CandleColumns, timeframe: Timeframe, calendar: Calendar): CandleColumns {
  const { openTime, open, high, low, close, volume } = rows;
  const length = openTime.length;
  const out = createColumns(length);
  const step = barSteps(timeframe, calendar);
  let bar = -1;
  let end = Number.NEGATIVE_INFINITY;
  let top = 0;
  let bottom = 0;
  let traded = 0;

  for (let row = 0; row < length; row += 1) {
    // The columns have one length, so every index below it exists.
    const time = openTime[row] as number;
    const rowHigh = high[row] as number;
    const rowLow = low[row] as number;
    if (time < end) {
      if (rowHigh > top) out.high[bar] = top = rowHigh;
      if (rowLow < bottom) out.low[bar] = bottom = rowLow;
      traded += volume[row] as number;
    } else {
      const span = step(time as EpochMs);
      end = span.end;
      if (span.isNew) {
        bar += 1;
        out.openTime[bar] = span.openTime;
        out.open[bar] = open[row] as number;
        out.high[bar] = top = rowHigh;
        out.low[bar] = bottom = rowLow;
        traded = volume[row] as number;
      } else {
        if (rowHigh > top) out.high[bar] = top = rowHigh;
        if (rowLow < bottom) out.low[bar] = bottom = rowLow;
        traded += volume[row] as number;
      }
    }
    out.close[bar] = close[row] as number;
    out.volume[bar] = traded;
  }
  return sliceColumns(out, 0, bar + 1);
}

interface Step {
  readonly openTime: number;
  /** Rows before this instant belong to the same bar without asking again. */
  readonly end: number;
  /** False when a new day goes on with the week or month that was open. */
  readonly isNew: boolean;
}

/** Tells, for the first row past the last answer's end, which bar it opens. */
function barSteps(timeframe: Timeframe, calendar: Calendar): (time: EpochMs) => Step {
  let dayEnd = Number.NEGATIVE_INFINITY;
  let date = '' as TradingDate;
  let anchor = 0 as EpochMs;
  let dayStart = 0;
  const enterDay = (time: EpochMs): void => {
    date = calendar.dateOf(time);
    anchor = calendar.anchor(date);
    dayStart = calendar.midnight(date);
    dayEnd = calendar.midnight(addDays(date, 1));
  };

  if (isIntraday(timeframe)) {
    const length = INTRADAY_MS[timeframe];
    return (time) => {
      if (time >= dayEnd) enterDay(time);
      const openTime = Math.max(onGrid(time, anchor, length), dayStart);
      return { openTime, end: Math.min(openTime + length, dayEnd), isNew: true };
    };
  }
  let period = '';
  return (time) => {
    enterDay(time);
    const start = periodStart(date, timeframe);
    const isNew = start !== period;
    period = start;
    return { openTime: anchor, end: dayEnd, isNew };
  };
}
