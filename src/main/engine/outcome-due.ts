import type { Alert } from '../../core/alert.ts';
import { barCloseTime } from '../../core/bar-time.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import { type Calendar, dayClose, type Session, sessionAtOrAfter } from '../../core/calendar.ts';
import { HORIZONS } from '../../core/outcome.ts';
import { isIntraday } from '../../core/timeframe.ts';

/** The bar that ends at a moment is stored by then. */
const AFTER_MS = MINUTE_MS;
/** By then history has told the day again. */
const SETTLED_MS = 5 * MINUTE_MS;
/** Bars that were not told for so long will not be. */
const GIVEN_UP_MS = 7 * DAY_MS;

/** An alert, and when something new can be said of how it turned out. */
export interface Awaited {
  readonly alert: Alert;
  readonly calendar: Calendar;
  /** When its bar closed. */
  readonly closedAt: EpochMs;
  /** The session that it is graded in; undefined where the calendar knows none. */
  readonly session: Session | undefined;
  /** In order; after the last one all is known that will be. */
  readonly dues: readonly number[];
}

export function awaited(alert: Alert, calendar: Calendar): Awaited {
  const { barTime, timeframe } = alert.signal;
  const closedAt = barCloseTime(barTime, timeframe, calendar);
  if (!isIntraday(timeframe)) {
    const session = sessionAtOrAfter(calendar, closedAt);
    const dues = session === undefined ? [] : [dayClose(session) + AFTER_MS, dayClose(session) + SETTLED_MS];
    return { alert, calendar, closedAt, session, dues };
  }
  const session = calendar.session(calendar.dateOf(barTime));
  if (session === undefined) return { alert, calendar, closedAt, session, dues: [] };
  const moments = HORIZONS.map((minutes) => closedAt + minutes * MINUTE_MS).filter((time) => time <= session.close);
  const dues = [...new Set([...moments, session.close])].map((time) => time + AFTER_MS);
  return { alert, calendar, closedAt, session, dues: [...dues, dayClose(session) + SETTLED_MS] };
}

/** Whether nothing more will come at `now`: all is known, or what is missing was missing for too long. */
export function isFinal({ session, dues, closedAt, alert }: Awaited, isCloseKnown: boolean, now: EpochMs): boolean {
  const last = dues.at(-1);
  if (session === undefined || last === undefined) return true;
  if (now < last) return false;
  const isOver = isIntraday(alert.signal.timeframe) && closedAt >= session.close;
  return isCloseKnown || isOver || now >= last + GIVEN_UP_MS;
}

/** When to look at it next after `now`: its own dues, and then, while bars are missing, after each session. */
export function nextDue({ calendar, dues }: Awaited, now: EpochMs): number {
  const due = dues.find((time) => time > now);
  if (due !== undefined) return due;
  const session = sessionAtOrAfter(calendar, now);
  return session === undefined ? now + DAY_MS : dayClose(session) + SETTLED_MS;
}
