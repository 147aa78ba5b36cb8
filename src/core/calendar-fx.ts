import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from './brand.ts';
import type { Calendar, Session } from './calendar.ts';
import { addDays, dateAt, midnight, weekday } from './calendar-date.ts';
import { newYorkOffset } from './new-york-time.ts';

/** A currency day ends at five in the afternoon in New York; what is traded later belongs to the next date. */
const DAY_ENDS_MS = 17 * HOUR_MS;
const DAYLIGHT_MS = -4 * HOUR_MS;

/** Days on which banks everywhere are closed. */
const CLOSED = new Set(['12-25', '01-01']);

const midnights = new Map<TradingDate, EpochMs>();

/**
 * Currencies between banks: Monday to Friday without a pause, each date from 17:00 of the day before to 17:00 in
 * New York, so Monday opens on Sunday. The hour is New York's own, and moves with its daylight saving.
 */
export const FX: Calendar = {
  dateOf(time) {
    // 17:00 is 21:00 or 22:00 UTC: between the two the daylight saving decides.
    const summer = dateAt(time, DAY_MS - DAY_ENDS_MS + DAYLIGHT_MS);
    return time >= fxMidnight(summer) ? summer : addDays(summer, -1);
  },
  midnight: fxMidnight,
  session(date): Session | undefined {
    if (weekday(date) > 4 || CLOSED.has(date.slice(5))) return undefined;
    const span = { open: fxMidnight(date), close: fxMidnight(addDays(date, 1)) };
    return { date, ...span, parts: [span], preOpen: undefined, closingAuction: undefined, provisional: false };
  },
  anchor: fxMidnight,
  covers: () => true,
  dayBeginsAt: DAY_ENDS_MS / MINUTE_MS,
};

function fxMidnight(date: TradingDate): EpochMs {
  const known = midnights.get(date);
  if (known !== undefined) return known;
  const eve = addDays(date, -1);
  const time = (midnight(eve, newYorkOffset(eve)) + DAY_ENDS_MS) as EpochMs;
  midnights.set(date, time);
  return time;
}
