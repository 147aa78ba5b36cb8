import { type EpochMs, MINUTE_MS } from '../../../core/brand.ts';
import { type Calendar, type Session, sessionAtOrAfter, sessionAtOrBefore } from '../../../core/calendar.ts';
import { addDays } from '../../../core/calendar-date.ts';
import { ANCHOR } from './trading-days.ts';

/** A first start shows a market that has been open for a while. */
const AFTER_OPEN_MS = 15 * MINUTE_MS;
/** Days after the anchor from which on any rule finds enough history to warm up. */
const HISTORY_DAYS = 365;

/** `time` if anybody trades then, or else the next time that somebody does; undefined when none comes within a month. */
export function nextTradingTime(calendars: readonly Calendar[], time: EpochMs): EpochMs | undefined {
  let next: EpochMs | undefined;
  for (const calendar of calendars) {
    const part = sessionAtOrAfter(calendar, time)?.parts.find(({ close }) => time < close);
    if (part === undefined) continue;
    const open = Math.max(time, part.open) as EpochMs;
    if (next === undefined || open < next) next = open;
  }
  return next;
}

/**
 * Where the simulated market begins. It goes on at the next whole minute after the last run; the first run
 * begins a quarter of an hour into the newest session that has opened in reality.
 */
export function startTime(calendars: readonly Calendar[], wallNow: EpochMs, resumeAt: EpochMs | undefined): EpochMs {
  const [calendar] = calendars;
  if (calendar === undefined) return wallNow;
  const earliest = calendar.midnight(addDays(ANCHOR, HISTORY_DAYS));
  if (resumeAt !== undefined && resumeAt >= earliest) {
    const minute = (Math.ceil(resumeAt / MINUTE_MS) * MINUTE_MS) as EpochMs;
    return nextTradingTime(calendars, minute) ?? minute;
  }
  // A computer whose date was lost still gets a market.
  const now = Math.max(wallNow, earliest) as EpochMs;
  const newest = calendars.map((each) => sessionAtOrBefore(each, now)).reduce<Session | undefined>(later, undefined);
  if (newest === undefined) return now;
  const begun = Math.min(newest.open + AFTER_OPEN_MS, newest.close) as EpochMs;
  return nextTradingTime(calendars, begun) ?? begun;
}

function later(a: Session | undefined, b: Session | undefined): Session | undefined {
  return a === undefined || (b !== undefined && b.open > a.open) ? b : a;
}
