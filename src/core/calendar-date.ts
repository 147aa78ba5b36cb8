import { DAY_MS, type EpochMs, MINUTE_MS, type TradingDate } from './brand.ts';

/** India has had one offset and no daylight saving since 1945. */
export const IST_OFFSET_MS = 330 * MINUTE_MS;

/** Dates by the number of days since the epoch: making the text is the costly part, and each is asked for millions of times. */
const dates = new Map<number, TradingDate>();

/** The date on the wall of a market `offsetMs` ahead of UTC. */
export function dateAt(time: EpochMs, offsetMs: number): TradingDate {
  const day = Math.floor((time + offsetMs) / DAY_MS);
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10) as TradingDate;
  dates.set(day, date);
  return date;
}

/** Midnight that begins `date` in a market `offsetMs` ahead of UTC. */
export function midnight(date: TradingDate, offsetMs: number): EpochMs {
  return (Date.parse(`${date}T00:00:00Z`) - offsetMs) as EpochMs;
}

/** Calendar days, so weekends and holidays count; negative ones go back. */
export function addDays(date: TradingDate, days: number): TradingDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as TradingDate;
}

/** 0 is Monday, 6 is Sunday. */
export function weekday(date: TradingDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The Monday of the date's week: weekend sessions belong to the week that began before them. */
export function mondayOf(date: TradingDate): TradingDate {
  return addDays(date, -weekday(date));
}

/** The first of the date's month. */
export function monthStartOf(date: TradingDate): TradingDate {
  return `${date.slice(0, 7)}-01` as TradingDate;
}

/** `HH:MM` into milliseconds after midnight. */
export function clockTimeMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
