import { type Calendar, type CalendarData, createCalendar, ROUND_THE_CLOCK } from './calendar.ts';
import { FX } from './calendar-fx.ts';
import type { Segment } from './instrument.ts';

/** Whether a segment's days follow a rule of their own instead of a market's dated data. */
export function hasOwnDays(segment: Segment): boolean {
  return segment === '24x7' || segment === 'fx';
}

/**
 * The calendar of a segment, of its market's data; undefined for those that have none (`hasOwnDays`). The same data makes
 * the same calendar in every thread.
 */
export function calendarFrom(segment: Segment, data: CalendarData | undefined): Calendar {
  if (segment === 'fx') return FX;
  if (segment === '24x7') return ROUND_THE_CLOCK;
  if (data === undefined) throw new RangeError(`The calendar of ${segment} needs its data.`);
  return createCalendar(data, segment);
}
