import { type Calendar, createCalendar } from '../../core/calendar.ts';
import type { Segment } from '../../core/instrument.ts';
import { loadCalendarData } from './load-calendar.ts';

/** The calendar of each segment, from the data the app ships; each is built once. */
export function calendars(resourcesDir: string): (segment: Segment) => Calendar {
  const data = loadCalendarData(resourcesDir);
  const known = new Map<Segment, Calendar>();
  return (segment) => {
    const calendar = known.get(segment) ?? createCalendar(data, segment);
    known.set(segment, calendar);
    return calendar;
  };
}
