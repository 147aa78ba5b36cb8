import { HOUR_MS, type TradingDate } from './brand.ts';
import { addDays, weekday } from './calendar-date.ts';

const STANDARD_MS = -5 * HOUR_MS;
const DAYLIGHT_MS = -4 * HOUR_MS;

/**
 * New York's distance from UTC in the afternoon of a date, by the rule in force since 2007 (Energy Policy Act of
 * 2005, 15 U.S.C. 260a: second Sunday in March to first Sunday in November), or the one of 1987 to 2006 (first
 * Sunday in April to last Sunday in October). The clocks change at 02:00, so the whole afternoon has one offset.
 */
export function newYorkOffset(date: TradingDate): number {
  const year = date.slice(0, 4);
  const [begins, ends] =
    year >= '2007'
      ? [sundayFrom(`${year}-03-08`), sundayFrom(`${year}-11-01`)]
      : [sundayFrom(`${year}-04-01`), sundayFrom(`${year}-10-25`)];
  return date >= begins && date < ends ? DAYLIGHT_MS : STANDARD_MS;
}

/** The first Sunday on or after a date. */
function sundayFrom(text: string): TradingDate {
  const date = text as TradingDate;
  return addDays(date, 6 - weekday(date));
}
