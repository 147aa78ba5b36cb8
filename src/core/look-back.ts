import { periodSpan } from './bar-time.ts';
import type { EpochMs } from './brand.ts';
import { type Calendar, type Session, type Span, sessionAtOrBefore } from './calendar.ts';
import {
  type CalendarTimeframe,
  INTRADAY_MS,
  type IntradayTimeframe,
  isIntraday,
  type Timeframe,
} from './timeframe.ts';

/** `[from, to)`: from the open of a session to the close of a bar. */
export interface HistoryWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Where the last `bars` bars lie that were complete at `now`: `to` is the close of the newest of them, `from` the
 * open of the session (for weeks and months of the period) that holds the oldest.
 *
 * Only trading time counts: nights, weekends, holidays and the pauses of a day hold no bar. 200 hourly bars are
 * 34 sessions of six hours. A day is complete when its closing auction is over. Where the calendar knows no
 * session at all, the window is empty.
 */
export function historyWindow(calendar: Calendar, timeframe: Timeframe, bars: number, now: EpochMs): HistoryWindow {
  const count = isIntraday(timeframe) ? barsOfDay(timeframe, now) : periodsOf(calendar, timeframe, now);
  let found = 0;
  let from = now;
  let to: EpochMs | undefined;
  let session = sessionAtOrBefore(calendar, now);
  while (session !== undefined) {
    const counted = count(session);
    found += counted.bars;
    from = counted.open;
    if (counted.bars > 0) to ??= counted.close;
    if (found >= bars) break;
    session = sessionAtOrBefore(calendar, (calendar.midnight(calendar.dateOf(from)) - 1) as EpochMs);
  }
  return { from, to: to ?? from };
}

/** Where so many complete bars begin: `historyWindow`, for those who read on to the present. */
export function lookBack(calendar: Calendar, timeframe: Timeframe, bars: number, now: EpochMs): EpochMs {
  return historyWindow(calendar, timeframe, bars, now).from;
}

/** Complete bars of a stretch, and the close of the newest of them. */
interface Counted extends Span {
  readonly bars: number;
}

/** Bars of the day's grid that hold trading time and had closed by `now`. */
function barsOfDay(timeframe: IntradayTimeframe, now: EpochMs): (session: Session) => Counted {
  const length = INTRADAY_MS[timeframe];
  return ({ open, close, parts }) => {
    const closed = now >= close ? Number.POSITIVE_INFINITY : Math.floor((now - open) / length);
    let bars = 0;
    let next = 0;
    for (const part of parts) {
      const first = Math.max(next, Math.floor((part.open - open) / length));
      const end = Math.min(closed, Math.ceil((part.close - open) / length));
      if (end <= first) continue;
      bars += end - first;
      next = end;
    }
    return { bars, open, close: Math.min(open + next * length, close) as EpochMs };
  };
}

/** The day, week or month the session belongs to, if it was over by `now`. */
function periodsOf(calendar: Calendar, timeframe: CalendarTimeframe, now: EpochMs): (session: Session) => Counted {
  return ({ date }) => {
    const { openTime, closeTime } = periodSpan(date, timeframe, calendar);
    return { bars: closeTime <= now ? 1 : 0, open: openTime, close: closeTime };
  };
}
