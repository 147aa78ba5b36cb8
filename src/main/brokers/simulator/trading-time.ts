import { AUCTIONS } from '../../../core/auction.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { type Calendar, type Session, type Span, sessionAtOrBefore } from '../../../core/calendar.ts';
import { addDays } from '../../../core/calendar-date.ts';
import { playedSpan } from './auction-play.ts';
import { ANCHOR } from './trading-days.ts';

/** A first start shows a market that has been open for a while. */
const AFTER_OPEN_MS = 15 * MINUTE_MS;
/** Days after the anchor from which on any rule finds enough history to warm up. */
const HISTORY_DAYS = 365;
/** Longer than any closure of an exchange. */
const SEARCH_DAYS = 30;

/** `time` if a market is played then, or else the next time that one is; undefined when none is within a month. */
export function nextPlayTime(calendars: readonly Calendar[], time: EpochMs): EpochMs | undefined {
  let next: EpochMs | undefined;
  for (const calendar of calendars) {
    const span = nextPlayed(calendar, time);
    if (span === undefined) continue;
    const open = Math.max(time, span.open) as EpochMs;
    if (next === undefined || open < next) next = open;
  }
  return next;
}

/**
 * Where the simulated market begins. It goes on at the next whole minute after the last run, within an auction at
 * the next second; the first run begins a quarter of an hour into the newest session that has opened in reality.
 */
export function startTime(calendars: readonly Calendar[], wallNow: EpochMs, resumeAt: EpochMs | undefined): EpochMs {
  const [calendar] = calendars;
  if (calendar === undefined) return wallNow;
  const earliest = calendar.midnight(addDays(ANCHOR, HISTORY_DAYS));
  if (resumeAt !== undefined && resumeAt >= earliest) {
    // A minute begun is not told whole and is left to history, but an auction's one trade must not be passed over.
    const step = calendars.some((each) => isInAuction(each, resumeAt)) ? SECOND_MS : MINUTE_MS;
    const next = (Math.ceil(resumeAt / step) * step) as EpochMs;
    return nextPlayTime(calendars, next) ?? next;
  }
  // A computer whose date was lost still gets a market.
  const now = Math.max(wallNow, earliest) as EpochMs;
  const newest = calendars.map((each) => sessionAtOrBefore(each, now)).reduce<Session | undefined>(later, undefined);
  if (newest === undefined) return now;
  const begun = Math.min(newest.open + AFTER_OPEN_MS, newest.close) as EpochMs;
  return nextPlayTime(calendars, begun) ?? begun;
}

/** Continuous trading of the day, and the minutes of its auctions that are played, in order. */
function playedSpans(session: Session): readonly Span[] {
  const auctions = AUCTIONS.flatMap((kind) => playedSpan(session, kind) ?? []);
  return [...auctions, ...session.parts].sort((a, b) => a.open - b.open);
}

function nextPlayed(calendar: Calendar, time: EpochMs): Span | undefined {
  const today = calendar.dateOf(time);
  for (let days = 0; days <= SEARCH_DAYS; days += 1) {
    const session = calendar.session(addDays(today, days));
    const span = session && playedSpans(session).find(({ close }) => time < close);
    if (span !== undefined) return span;
  }
  return undefined;
}

function isInAuction(calendar: Calendar, time: EpochMs): boolean {
  const session = calendar.session(calendar.dateOf(time));
  if (session === undefined) return false;
  return AUCTIONS.some((kind) => {
    const span = playedSpan(session, kind);
    return span !== undefined && time >= span.open && time < span.close;
  });
}

function later(a: Session | undefined, b: Session | undefined): Session | undefined {
  return a === undefined || (b !== undefined && b.open > a.open) ? b : a;
}
