import { DAY_MS, type EpochMs, MINUTE_MS, type TradingDate } from './brand.ts';
import { type Calendar, type Session, sessionAtOrAfter } from './calendar.ts';

/** How long before its end a calendar speaks up: exchanges publish the next year some two weeks before it begins. */
const NOTICE_MS = 45 * DAY_MS;
/** Hours nobody published matter when the day is near. */
const NEAR_MS = 7 * DAY_MS;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What the calendar does not know and a person should at `now`, in sentences that say what to do; undefined if nothing. */
export function calendarWarning(calendar: Calendar, now: EpochMs): string | undefined {
  const sentences = [hoursWarning(calendar, now), endWarning(calendar, now)].filter((text) => text !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function endWarning(calendar: Calendar, now: EpochMs): string | undefined {
  const end = calendar.knownThrough;
  if (end === undefined) return undefined;
  const today = calendar.dateOf(now);
  if (today > end) {
    const what = `The holidays of ${today.slice(0, 4)} are not known: every weekday counts as a trading day, and on a holiday Tickscope waits for prices that do not come.`;
    return `${what} Update Tickscope, or add the holidays to calendar.json in the data folder.`;
  }
  const soon = calendar.dateOf((now + NOTICE_MS) as EpochMs);
  if (soon <= end) return undefined;
  const what = `The holidays of ${soon.slice(0, 4)} are not known yet: after ${inWords(end)} every weekday counts as a trading day.`;
  return `${what} Update Tickscope before then, or add the holidays to calendar.json in the data folder.`;
}

function hoursWarning(calendar: Calendar, now: EpochMs): string | undefined {
  const session = sessionAtOrAfter(calendar, now);
  if (session === undefined || !session.provisional || session.open - now > NEAR_MS) return undefined;
  const what = `The exchange has not published the hours of ${inWords(session.date)}: ${hours(session, calendar)} is a guess.`;
  return `${what} Correct it in calendar.json in the data folder when they are known.`;
}

/** 8 November 2026 */
function inWords(date: TradingDate): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

function hours({ date, open, close }: Session, calendar: Calendar): string {
  const clock = (time: EpochMs): string => {
    const minutes = Math.round((time - calendar.midnight(date)) / MINUTE_MS);
    return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  };
  return `${clock(open)} to ${clock(close)}`;
}
