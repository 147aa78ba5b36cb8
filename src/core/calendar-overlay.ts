import type { CalendarData, SpecialSession } from './calendar.ts';

/** What somebody knows better than a calendar: the exchange's newer list, or the owner of the machine. */
export interface CalendarOverlay {
  /** Days off to add, or to call by another name. */
  readonly holidays?: Readonly<Record<string, string>> | undefined;
  /** Days off that are none: regular hours hold. */
  readonly notHolidays?: readonly string[] | undefined;
  /** Takes the place of what is known of that date and these segments. */
  readonly special?: readonly SpecialSession[] | undefined;
  /** The holidays are complete up to here. */
  readonly knownThrough?: string | undefined;
}

/**
 * The calendar with the overlay laid on it. Pure; laying the same one twice changes nothing.
 *
 * A special session goes before a holiday of its date, also before one that is added here. What is known is never
 * shortened.
 */
export function mergeCalendar(base: CalendarData, overlay: CalendarOverlay): CalendarData {
  const { holidays = {}, notHolidays = [], special = [], knownThrough } = overlay;
  const kept = Object.entries(base.holidays).filter(([date]) => !notHolidays.includes(date));
  const isReplaced = (old: SpecialSession): boolean =>
    special.some((entry) => entry.date === old.date && coversSegments(entry, old));
  const { from, to } = base.covers;
  return {
    ...base,
    covers: { from, to: knownThrough !== undefined && knownThrough > to ? knownThrough : to },
    holidays: Object.fromEntries([...kept, ...Object.entries(holidays)].sort(([a], [b]) => a.localeCompare(b))),
    special: [...base.special.filter((old) => !isReplaced(old)), ...special],
  };
}

/** Whether `entry` speaks for every segment that `old` speaks for. */
function coversSegments(entry: SpecialSession, old: SpecialSession): boolean {
  const { segments } = entry;
  return segments === undefined || (old.segments?.every((segment) => segments.includes(segment)) ?? false);
}
