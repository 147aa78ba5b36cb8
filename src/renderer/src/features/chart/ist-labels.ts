import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../core/brand.ts';
import { IST_OFFSET_MS } from '../../../../core/calendar-date.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../../core/timeframe.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The library's measure of how much a tick mark matters: the coarsest unit that changed since the bar before. */
export const TICK_WEIGHT = {
  moment: 0,
  second: 10,
  minute: 20,
  fiveMinutes: 21,
  halfHour: 22,
  hour: 30,
  threeHours: 31,
  sixHours: 32,
  halfDay: 33,
  day: 50,
  month: 60,
  year: 70,
} as const;
export type TickWeight = (typeof TICK_WEIGHT)[keyof typeof TICK_WEIGHT];

const STEPS: readonly (readonly [lengthMs: number, weight: TickWeight])[] = [
  [12 * HOUR_MS, TICK_WEIGHT.halfDay],
  [6 * HOUR_MS, TICK_WEIGHT.sixHours],
  [3 * HOUR_MS, TICK_WEIGHT.threeHours],
  [HOUR_MS, TICK_WEIGHT.hour],
  [30 * MINUTE_MS, TICK_WEIGHT.halfHour],
  [5 * MINUTE_MS, TICK_WEIGHT.fiveMinutes],
  [MINUTE_MS, TICK_WEIGHT.minute],
  [SECOND_MS, TICK_WEIGHT.second],
];

/**
 * How much the step from one bar to the next matters on an Indian clock. The library weighs by UTC, whose hours
 * begin at half past in India: its labels would read 09:30 and 10:30.
 */
export function tickWeight(time: number, previous: number): TickWeight {
  const [now, before] = [wallClock(time), wallClock(previous)];
  if (now.getUTCFullYear() !== before.getUTCFullYear()) return TICK_WEIGHT.year;
  if (now.getUTCMonth() !== before.getUTCMonth()) return TICK_WEIGHT.month;
  if (step(time, DAY_MS) !== step(previous, DAY_MS)) return TICK_WEIGHT.day;
  return STEPS.find(([length]) => step(time, length) !== step(previous, length))?.[1] ?? TICK_WEIGHT.moment;
}

/** The label under a tick mark, as fine as its weight: `2026`, `Nov`, `Thu 19`, `10:45`, `10:45:05`. */
export function tickLabel(time: number, weight: number, timeframe: Timeframe): string {
  const date = wallClock(time);
  if (weight >= TICK_WEIGHT.year) return String(date.getUTCFullYear());
  if (weight >= TICK_WEIGHT.month) return nameOfMonth(date);
  if (weight >= TICK_WEIGHT.day || !isIntraday(timeframe))
    return isIntraday(timeframe) ? `${nameOfDay(date)} ${date.getUTCDate()}` : String(date.getUTCDate());
  return timeOfDay(date, showsSeconds(timeframe));
}

/** The label of the crosshair, complete: `Thu 19 Nov 10:45`, `Thu 19 Nov 2026`, `Week of 16 Nov 2026`, `Nov 2026`. */
export function crosshairLabel(time: number, timeframe: Timeframe): string {
  const date = wallClock(time);
  const year = date.getUTCFullYear();
  const day = `${date.getUTCDate()} ${nameOfMonth(date)}`;
  if (timeframe === '1mo') return `${nameOfMonth(date)} ${year}`;
  if (timeframe === '1w') return `Week of ${day} ${year}`;
  if (timeframe === '1d') return `${nameOfDay(date)} ${day} ${year}`;
  return `${nameOfDay(date)} ${day} ${timeOfDay(date, showsSeconds(timeframe))}`;
}

/** Whether two bars belong to different Indian days: the line between them is a session break. */
export function isNewDay(time: number, previous: number): boolean {
  return step(time, DAY_MS) !== step(previous, DAY_MS);
}

function showsSeconds(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && INTRADAY_MS[timeframe] < MINUTE_MS;
}

/** A date whose UTC fields read as an Indian clock and calendar do. */
function wallClock(time: number): Date {
  return new Date(time + IST_OFFSET_MS);
}

function step(time: number, lengthMs: number): number {
  return Math.floor((time + IST_OFFSET_MS) / lengthMs);
}

function nameOfDay(date: Date): string {
  return WEEKDAYS[date.getUTCDay()] ?? '';
}

function nameOfMonth(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? '';
}

function timeOfDay(date: Date, seconds: boolean): string {
  return date.toISOString().slice(11, seconds ? 19 : 16);
}
