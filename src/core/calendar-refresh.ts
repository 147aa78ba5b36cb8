import type { TradingDate } from './brand.ts';
import type { CalendarData } from './calendar.ts';
import { addDays, weekday } from './calendar-date.ts';
import { mergeCalendar } from './calendar-overlay.ts';
import { AppError } from './errors.ts';

/** A line of an exchange's list of holidays. Weekends are listed too. */
export interface ListedHoliday {
  readonly date: TradingDate;
  readonly name: string;
}

/** What an exchange's list adds to the calendar that ships. */
export interface RefreshedHolidays {
  readonly holidays: Readonly<Record<string, string>>;
  /** The list is complete up to here, where that is further than what ships. */
  readonly knownThrough: TradingDate | undefined;
}

/** A refreshed calendar, and where the exchange and we do not agree. */
export interface CheckedList extends RefreshedHolidays {
  readonly contradictions: readonly string[];
}

/** A year of NSE has fourteen to seventeen; a list outside these bounds is not one of holidays. */
const FEWEST = 5;
const MOST = 40;
/** A year is known when it has so many, the days on which all of India is closed among them. */
const COMPLETE = 8;
const NATIONAL = ['01-26', '08-15', '10-02'];

/**
 * Takes from the exchange's list what may be added to the shipped calendar: days off from `today` on, and the
 * knowledge of a further year. `previous` is what an earlier list added.
 *
 * Never takes anything away from what ships: where list and calendar differ, the calendar stays, and a sentence
 * says so. Days of an earlier list stay once they are past, and go when the exchange no longer lists them.
 * Throws AppError `invalid-input` when this cannot be a list of holidays.
 */
export function checkHolidays(
  rows: readonly ListedHoliday[],
  shipped: CalendarData,
  previous: RefreshedHolidays,
  today: TradingDate,
): CheckedList {
  const listed = new Map(rows.filter(({ date }) => weekday(date) < 5).map(({ date, name }) => [date, name]));
  const byYear = Map.groupBy(listed.keys(), yearOf);
  checkPlausible(rows, byYear, today);

  const complete = [...byYear].filter(([year, dates]) => isComplete(year, dates)).map(([year]) => year);
  const isTold = (date: string): boolean => complete.includes(yearOf(date));
  const kept = Object.entries(previous.holidays).filter(([date]) => date < today || !isTold(date));
  const known = mergeCalendar(shipped, { holidays: Object.fromEntries(kept) });

  const added: [string, string][] = [];
  const contradictions: string[] = [];
  for (const [date, name] of listed) {
    if (Object.hasOwn(known.holidays, date)) continue;
    if (known.special.some((entry) => entry.date === date))
      contradictions.push(
        `The exchange lists ${date} (${name}) as a holiday; the calendar has a special session then.`,
      );
    else if (date >= today) added.push([date, name]);
    else if (date >= known.covers.from)
      contradictions.push(`The exchange lists ${date} (${name}) as a holiday; by the calendar the market was open.`);
  }
  for (const [date, name] of Object.entries(shipped.holidays)) {
    if (date >= today && isTold(date) && !listed.has(date as TradingDate))
      contradictions.push(
        `The exchange does not list ${date} (${name}), which stays a holiday. If the market is open, name the date under "notHolidays" in calendar.json.`,
      );
  }
  return {
    holidays: Object.fromEntries([...kept, ...added]),
    knownThrough: end(shipped, previous, complete),
    contradictions,
  };
}

function checkPlausible(
  rows: readonly ListedHoliday[],
  byYear: ReadonlyMap<string, readonly string[]>,
  today: TradingDate,
): void {
  const years = [...new Set(rows.map(({ date }) => yearOf(date)))];
  const thisYear = Number(yearOf(today));
  const strange = years.find((year) => Math.abs(Number(year) - thisYear) > 1);
  if (strange !== undefined) throw implausible(`it is of the year ${strange}`);
  if (years.length > 2) throw implausible(`it is of ${years.length} years`);
  for (const [year, dates] of byYear)
    if (dates.length > MOST) throw implausible(`it has ${dates.length} holidays in ${year}`);
  if (Math.max(0, ...[...byYear.values()].map((dates) => dates.length)) < FEWEST)
    throw implausible('it has hardly any holidays');
}

function isComplete(year: string, dates: readonly string[]): boolean {
  const national = NATIONAL.map((day) => `${year}-${day}` as TradingDate).filter((date) => weekday(date) < 5);
  return dates.length >= COMPLETE && national.every((date) => dates.includes(date));
}

/** Years are known one after the other: a gap would be a year of holidays nobody told. */
function end(shipped: CalendarData, previous: RefreshedHolidays, complete: readonly string[]): TradingDate | undefined {
  const start = shipped.covers.to as TradingDate;
  let last = start;
  if (previous.knownThrough !== undefined && previous.knownThrough > last) last = previous.knownThrough;
  for (const year of complete.toSorted()) {
    const ends = `${year}-12-31` as TradingDate;
    if (ends > last && `${year}-01-01` <= addDays(last, 1)) last = ends;
  }
  return last === start ? undefined : last;
}

function yearOf(date: string): string {
  return date.slice(0, 4);
}

function implausible(why: string): AppError {
  return new AppError(
    'invalid-input',
    `The exchange's list of holidays makes no sense: ${why}. The calendar stays as it is; nothing needs to be done.`,
  );
}
