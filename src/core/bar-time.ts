import { auctionAt } from './auction.ts';
import type { EpochMs, TradingDate } from './brand.ts';
import { type Calendar, dayClose, isTrading } from './calendar.ts';
import { addDays, mondayOf, monthStartOf } from './calendar-date.ts';
import { type CalendarTimeframe, INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/** `[openTime, closeTime)`: a bar's place in time. */
export interface BarSpan {
  readonly openTime: EpochMs;
  readonly closeTime: EpochMs;
}

/**
 * The bar that `time` falls into, or undefined outside trading.
 *
 * Bars are counted from the session's open, not from the epoch: NSE opens at 09:15 IST (03:45 UTC),
 * so its hourly bars start at 09:15, 10:15, … On a two-part day the grid runs on from the first open.
 * The day's last bar may be short.
 *
 * Days, weeks and months also hold the day's auctions: in the pre-open their bar is the one that opens soon,
 * at the first session's open.
 */
export function barAt(time: EpochMs, timeframe: Timeframe, calendar: Calendar): BarSpan | undefined {
  const session = calendar.session(calendar.dateOf(time));
  if (session === undefined) return undefined;
  const trades = isTrading(session, time);
  if (!isIntraday(timeframe))
    return trades || auctionAt(session, time) !== undefined ? periodSpan(session.date, timeframe, calendar) : undefined;
  if (!trades) return undefined;
  const length = INTRADAY_MS[timeframe];
  const openTime = onGrid(time, session.open, length);
  return { openTime, closeTime: Math.min(openTime + length, session.close) as EpochMs };
}

/** Where the bar that opens at `openTime` ends. */
export function barCloseTime(openTime: EpochMs, timeframe: Timeframe, calendar: Calendar): EpochMs {
  const date = calendar.dateOf(openTime);
  if (!isIntraday(timeframe)) return periodSpan(date, timeframe, calendar).closeTime;
  const end = openTime + INTRADAY_MS[timeframe];
  const session = calendar.session(date);
  return (session !== undefined && openTime < session.close ? Math.min(end, session.close) : end) as EpochMs;
}

/** The step of the grid that begins at `anchor` in which `time` lies. Runs backwards before the anchor too. */
export function onGrid(time: EpochMs, anchor: EpochMs, lengthMs: number): EpochMs {
  return (anchor + Math.floor((time - anchor) / lengthMs) * lengthMs) as EpochMs;
}

/** First date of the day, week (Monday) or month that `date` belongs to. */
export function periodStart(date: TradingDate, timeframe: CalendarTimeframe): TradingDate {
  if (timeframe === '1d') return date;
  return timeframe === '1w' ? mondayOf(date) : monthStartOf(date);
}

/** The day, week or month that `date` belongs to: from its first session's open to its last one's close, auction included. */
export function periodSpan(date: TradingDate, timeframe: CalendarTimeframe, calendar: Calendar): BarSpan {
  const start = periodStart(date, timeframe);
  let openTime = calendar.anchor(date);
  let closeTime = openTime;
  for (let day = start, first = true; periodStart(day, timeframe) === start; day = addDays(day, 1)) {
    const session = calendar.session(day);
    if (session === undefined) continue;
    if (first) openTime = session.open;
    first = false;
    closeTime = dayClose(session);
  }
  return { openTime, closeTime };
}
