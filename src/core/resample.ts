import { onGrid, periodStart } from './bar-time.ts';
import { DAY_MS, type EpochMs, MINUTE_MS, type TradingDate } from './brand.ts';
import type { Calendar } from './calendar.ts';
import { addDays } from './calendar-date.ts';
import { type CandleColumns, createColumns, sliceColumns } from './candle-columns.ts';
import { tidyQuantity } from './tidy-quantity.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/**
 * Makes longer bars of shorter ones, or of prices, in one pass. Rows must be oldest first.
 *
 * Bars are counted from the day's first session open and never span two days; weeks begin on Monday, months
 * are the market's calendar months, and their open time is the anchor of their first day with rows. No row is
 * dropped: what lies outside continuous trading falls into the day's grid as it runs on, in both directions.
 * An unknown volume (NaN) makes the whole bar's unknown. `anchorOf` says where a date's bars are counted from.
 */
export function resampleColumns(
  rows: CandleColumns,
  timeframe: Timeframe,
  calendar: Calendar,
  anchorOf: AnchorRule = calendarAnchor,
): CandleColumns {
  const { openTime, open, high, low, close, volume } = rows;
  const length = openTime.length;
  const out = createColumns(mostBars(openTime, timeframe));
  const step = barSteps(timeframe, calendar, anchorOf);
  let bar = -1;
  for (let row = 0; row < length; ) {
    // The columns have one length, so every index below it exists.
    const { openTime: start, end, isNew } = step(openTime[row] as EpochMs);
    if (isNew) {
      bar += 1;
      out.openTime[bar] = start;
      out.open[bar] = open[row] as number;
      out.high[bar] = high[row] as number;
      out.low[bar] = low[row] as number;
    }
    let top = out.high[bar] as number;
    let bottom = out.low[bar] as number;
    let traded = out.volume[bar] as number;
    do {
      const rowHigh = high[row] as number;
      const rowLow = low[row] as number;
      if (rowHigh > top) top = rowHigh;
      if (rowLow < bottom) bottom = rowLow;
      traded += volume[row] as number;
      row += 1;
    } while (row < length && (openTime[row] as number) < end);
    out.high[bar] = top;
    out.low[bar] = bottom;
    out.close[bar] = close[row - 1] as number;
    out.volume[bar] = tidyQuantity(traded);
  }
  return sliceColumns(out, 0, bar + 1);
}

/** No fewer bars than the rows can make: one a step, and two more on each date that cuts steps short. */
function mostBars(openTime: Float64Array, timeframe: Timeframe): number {
  const [first = 0, last = 0] = [openTime[0], openTime.at(-1)];
  const dates = Math.ceil((last - first) / DAY_MS) + 1;
  const bars = isIntraday(timeframe) ? Math.floor((last - first) / INTRADAY_MS[timeframe]) + 2 * dates : dates;
  return Math.min(openTime.length, bars);
}

/** Where bars of `date` are counted from; `firstRow` is the time of its first row. */
type AnchorRule = (date: TradingDate, firstRow: EpochMs, calendar: Calendar) => EpochMs;

/** As bars are counted everywhere: live ones and those made later of what was stored are the same. */
const calendarAnchor: AnchorRule = (date, _firstRow, calendar) => calendar.anchor(date);

/** Sessions open on a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

/** For a file, which has the whole day: where the exchange has not said the hours, its first row tells them best. */
export const firstRowAnchor: AnchorRule = (date, firstRow, calendar) =>
  calendar.session(date)?.provisional === true
    ? onGrid(firstRow, calendar.midnight(date), QUARTER_MS)
    : calendar.anchor(date);

interface Step {
  readonly openTime: number;
  /** Rows before this instant belong to the same bar without asking again. */
  readonly end: number;
  /** False when a new day goes on with the week or month that was open. */
  readonly isNew: boolean;
}

/** Tells, for the first row past the last answer's end, which bar it opens. */
function barSteps(timeframe: Timeframe, calendar: Calendar, anchorOf: AnchorRule): (time: EpochMs) => Step {
  let dayEnd = Number.NEGATIVE_INFINITY;
  let date = '' as TradingDate;
  let anchor = 0 as EpochMs;
  let dayStart = 0;
  const enterDay = (time: EpochMs): void => {
    date = calendar.dateOf(time);
    dayStart = calendar.midnight(date);
    anchor = anchorOf(date, time, calendar);
    dayEnd = calendar.midnight(addDays(date, 1));
  };

  if (isIntraday(timeframe)) {
    const length = INTRADAY_MS[timeframe];
    return (time) => {
      if (time >= dayEnd) enterDay(time);
      const start = onGrid(time, anchor, length);
      return { openTime: Math.max(start, dayStart), end: Math.min(start + length, dayEnd), isNew: true };
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
