import { barAt, periodSpan } from '../../../core/bar-time.ts';
import { DAY_MS, type EpochMs, type InstrumentKey, type TradingDate } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { dateAt } from '../../../core/calendar-date.ts';
import type { Candle } from '../../../core/candle.ts';
import { isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { FcsBar } from './read-fields.ts';

/** The venue's bar as a candle of ours. */
export function candleOf(bar: FcsBar, instrument: InstrumentKey, timeframe: Timeframe, calendar: Calendar): Candle {
  const { open, high, low, close, volume } = bar;
  return {
    instrument,
    timeframe,
    openTime: openTimeOf(bar.openTime, timeframe, calendar),
    open,
    high,
    low,
    close,
    volume,
  };
}

/**
 * Where the bar opens by our calendar. A day, week or month is stamped with a midnight in UTC or with its session's
 * open (which of the two the vendor does not say), and opens here with its first session.
 */
function openTimeOf(time: EpochMs, timeframe: Timeframe, calendar: Calendar): EpochMs {
  return isIntraday(timeframe) ? time : periodSpan(dateOf(time, calendar), timeframe, calendar).openTime;
}

/** The trading date that a day's stamp means. */
export function dateOf(time: EpochMs, calendar: Calendar): TradingDate {
  return time % DAY_MS === 0 ? dateAt(time, 0) : calendar.dateOf(time);
}

/** Whether our own bars have one that opens there; of a date without a session the venue knows better. */
export function isOnGrid(time: EpochMs, timeframe: Timeframe, calendar: Calendar): boolean {
  if (!isIntraday(timeframe)) return true;
  const date = calendar.dateOf(time);
  return calendar.session(date) === undefined || barAt(time, timeframe, calendar)?.openTime === time;
}
