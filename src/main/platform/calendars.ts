import type { Calendar, CalendarData } from '../../core/calendar.ts';
import { calendarFrom, hasOwnDays } from '../../core/calendar-of.ts';
import type { Segment } from '../../core/instrument.ts';
import { loadCalendarData } from './load-calendar.ts';

/** The calendar of each segment, from the data the app ships; each is built once. */
export function calendars(resourcesDir: string): (segment: Segment) => Calendar {
  return calendarsOf(calendarDataOf(loadCalendarData(resourcesDir), resourcesDir));
}

/** The same, of the data that `dataOf` tells. */
export function calendarsOf(dataOf: (segment: Segment) => CalendarData | undefined): (segment: Segment) => Calendar {
  const known = new Map<Segment, Calendar>();
  return (segment) => {
    const calendar = known.get(segment) ?? calendarFrom(segment, dataOf(segment));
    known.set(segment, calendar);
    return calendar;
  };
}

/**
 * What each segment's calendar is made of, with the days of NSE as `nse` has them; undefined where no data is needed.
 * Other exchanges' files are read when they are first asked for.
 */
export function calendarDataOf(
  nse: CalendarData,
  resourcesDir: string,
): (segment: Segment) => CalendarData | undefined {
  const abroad = new Map<Segment, CalendarData>();
  return (segment) => {
    if (hasOwnDays(segment)) return undefined;
    if (segment !== 'moex' && segment !== 'us') return nse;
    const data = abroad.get(segment) ?? loadCalendarData(resourcesDir, segment);
    abroad.set(segment, data);
    return data;
  };
}
