import type { EpochMs } from '../brand.ts';
import { MINUTE_MS } from '../brand.ts';
import { clockTimeMs } from '../calendar-date.ts';
import type { Rule } from '../rule.ts';
import type { BarMoment, DayClock } from './day-clock.ts';
import { FALSE, TRUE, type TruthCode } from './truth.ts';

/**
 * Where a side stands: armed, just fired, or how many bars in a row its condition has been false since it was
 * disarmed.
 */
export type Arming = number;
export const ARMED: Arming = -1;
export const FIRED: Arming = -2;

/**
 * Where a side stands before the first bar, and before the first bar of each date of an intraday rule: armed exactly
 * when its condition was false on the bar before. So nothing but that bar and the day itself decides what fires today.
 */
export function armingAtStart(before: TruthCode): Arming {
  return before === FALSE ? ARMED : 0;
}

/**
 * Where it stands after a bar; it fires on that bar when that is FIRED. `again` is the truth of the condition that arms
 * it, undefined for a side that so many `bars` in a row on which it was false arm. Unknown neither fires nor arms.
 */
export function armingAfter(arming: Arming, truth: TruthCode, bars: number, again: TruthCode | undefined): Arming {
  const isArmed = arming === ARMED || again === TRUE;
  if (isArmed) return truth === TRUE ? FIRED : ARMED;
  if (again !== undefined || truth !== FALSE) return 0;
  const inARow = Math.max(arming, 0) + 1;
  return inARow >= bars ? ARMED : inARow;
}

/** What keeps quiet a rule that fired, read once. */
export interface Quieting {
  readonly expiresOn: Rule['expiresOn'];
  readonly hours: { readonly from: number; readonly to: number } | undefined;
  readonly onlyNew: boolean;
  readonly cooldownMinutes: number;
}

export function quietingOf({ expiresOn, activeHours, onlyNew, cooldownMinutes }: Rule): Quieting {
  const minute = (text: string): number => clockTimeMs(text) / MINUTE_MS;
  const hours = activeHours === null ? undefined : { from: minute(activeHours.from), to: minute(activeHours.to) };
  return { expiresOn, hours, onlyNew, cooldownMinutes };
}

/** When a rule was last told of an instrument, as the close of the bar. */
export interface Told {
  readonly date: string;
  readonly closeTime: EpochMs;
}

/**
 * Whether a rule that fired on this bar is told. Hours that end before they begin go over midnight. On bars of a day
 * and longer each is a new date, so nothing was told on it before.
 */
export function isTold(
  { expiresOn, hours, onlyNew, cooldownMinutes }: Quieting,
  { date, closeTime, minute }: BarMoment,
  last: Told | undefined,
  clock: DayClock,
): boolean {
  if (expiresOn !== null && date > expiresOn) return false;
  if (hours !== undefined && !isBetween(minute, hours.from, hours.to)) return false;
  if (last === undefined || last.date !== date) return true;
  return !onlyNew && clock.tradingMinutes(last.closeTime, closeTime) >= cooldownMinutes;
}

function isBetween(minute: number, from: number, to: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
