import { barCloseTime, periodSpan } from '../../core/bar-time.ts';
import type { EpochMs, TradingDate } from '../../core/brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from '../../core/calendar.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import { rowsBetween } from '../../core/outcome/session-bars.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';

/** The newest so many sessions that had opened by `now`, oldest first. */
export function lastSessions(calendar: Calendar, count: number, now: EpochMs): readonly Session[] {
  const sessions: Session[] = [];
  for (let session = sessionAtOrBefore(calendar, now); session !== undefined && sessions.length < count; ) {
    sessions.push(session);
    session = sessionAtOrBefore(calendar, (calendar.midnight(session.date) - 1) as EpochMs);
  }
  return sessions.reverse();
}

/** How many sessions ended after `from` and had opened by `now`. */
export function sessionsSince(calendar: Calendar, from: EpochMs, now: EpochMs): number {
  let count = 0;
  let session = sessionAtOrBefore(calendar, now);
  while (session !== undefined && session.close > from) {
    count += 1;
    session = sessionAtOrBefore(calendar, (calendar.midnight(session.date) - 1) as EpochMs);
  }
  return count;
}

/** Of the sessions, those of which some bar should have closed by `now`: whether one is there. */
export function toldSessions(
  sessions: readonly Session[],
  bars: CandleColumns,
  timeframe: Timeframe,
  calendar: Calendar,
  now: EpochMs,
): { readonly told: readonly TradingDate[]; readonly missing: readonly TradingDate[] } {
  const told: TradingDate[] = [];
  const missing: TradingDate[] = [];
  for (const { date, open, close } of sessions) {
    const { openTime, closeTime } = isIntraday(timeframe)
      ? { openTime: open, closeTime: close }
      : periodSpan(date, timeframe, calendar);
    const firstClose = isIntraday(timeframe) ? Math.min(open + INTRADAY_MS[timeframe], close) : closeTime;
    if (firstClose > now) continue;
    (rowsBetween(bars, openTime, closeTime).openTime.length > 0 ? told : missing).push(date);
  }
  return { told, missing };
}

/** How many of the bars had closed by `now`; the last one may still be forming. */
export function closedBars(
  { openTime }: CandleColumns,
  timeframe: Timeframe,
  calendar: Calendar,
  now: EpochMs,
): number {
  let count = openTime.length;
  while (count > 0 && barCloseTime(openTime[count - 1] as EpochMs, timeframe, calendar) > now) count -= 1;
  return count;
}
