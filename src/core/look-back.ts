import type { EpochMs } from './brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from './calendar.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/** Trading days a week or a month holds at the least, special closures aside. */
const SESSIONS_PER_BAR = { '1d': 1, '1w': 5, '1mo': 23 } as const;

/**
 * Opening instant of the earliest session needed so that `bars` bars that closed before `now` fit between it
 * and `now`. Holidays and weekends do not count: 200 hourly bars are 34 sessions of six hours.
 */
export function lookBack(calendar: Calendar, timeframe: Timeframe, bars: number, now: EpochMs): EpochMs {
  let found = 0;
  let session = sessionAtOrBefore(calendar, now);
  let open = session?.open ?? now;
  while (session !== undefined) {
    open = session.open;
    found += closedBars(session, timeframe, now);
    if (found >= bars) break;
    session = sessionAtOrBefore(calendar, (calendar.midnight(session.date) - 1) as EpochMs);
  }
  return open;
}

/** Bars of the session that had closed by `now`; a part of one for weeks and months. */
function closedBars({ open, close }: Session, timeframe: Timeframe, now: EpochMs): number {
  if (!isIntraday(timeframe)) return now >= close ? 1 / SESSIONS_PER_BAR[timeframe] : 0;
  const length = INTRADAY_MS[timeframe];
  return now >= close ? Math.ceil((close - open) / length) : Math.max(0, Math.floor((now - open) / length));
}
