import { barCloseTime, periodSpan } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, sessionAtOrBefore } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { historyWindow } from '../../core/look-back.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';

/**
 * Where that begins of the bar's day which a lane has not seen that stands at `lastOpenTime`: between its last bar and
 * this one may be others that nobody told us of. Where nothing traded there is none, and the stretch is known all the
 * same. Of a week or month only the last day: what its others lack was asked for in their time.
 */
export function unjudgedFrom(
  calendar: Calendar,
  { openTime, timeframe }: Candle,
  lastOpenTime = Number.NEGATIVE_INFINITY,
): EpochMs {
  if (!isIntraday(timeframe)) {
    const end = barCloseTime(openTime, timeframe, calendar) - 1;
    return sessionAtOrBefore(calendar, end as EpochMs)?.open ?? openTime;
  }
  const dayOpen = calendar.session(calendar.dateOf(openTime))?.open ?? openTime;
  const judged = Number.isFinite(lastOpenTime) ? barCloseTime(lastOpenTime as EpochMs, timeframe, calendar) : dayOpen;
  return Math.min(Math.max(judged, dayOpen), openTime) as EpochMs;
}

/**
 * The opening time from which on bars that closed before `now` are news to somebody who was away: the newest session's,
 * and of days and longer the newest that closed. `today` is when that session opened: the feed may still tell of it.
 */
export function newsFrom(
  calendar: Calendar,
  timeframe: Timeframe,
  now: EpochMs,
): { readonly from: EpochMs; readonly today: EpochMs } {
  const today = sessionAtOrBefore(calendar, now)?.open ?? now;
  if (isIntraday(timeframe)) return { from: today, today };
  const { from } = historyWindow(calendar, timeframe, 1, now);
  return { from: periodSpan(calendar.dateOf(from), timeframe, calendar).openTime, today };
}
