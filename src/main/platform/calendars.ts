import { type Calendar, type CalendarData, createCalendar, ROUND_THE_CLOCK } from '../../core/calendar.ts';
import { FX } from '../../core/calendar-fx.ts';
import type { Segment } from '../../core/instrument.ts';
import { loadCalendarData } from './load-calendar.ts';

/** The calendar of each segment, from the data the app ships; each is built once. */
export function calendars(resourcesDir: string): (segment: Segment) => Calendar {
  return calendarsOf(loadCalendarData(resourcesDir), resourcesDir);
}

/** The same, with the days of NSE as `nse` has them. Other exchanges' files are read when they are first asked for. */
export function calendarsOf(nse: CalendarData, resourcesDir: string): (segment: Segment) => Calendar {
  const known = new Map<Segment, Calendar>();
  const build = (segment: Segment): Calendar => {
    if (segment === '24x7') return ROUND_THE_CLOCK;
    if (segment === 'fx') return FX;
    const isAbroad = segment === 'moex' || segment === 'us';
    return createCalendar(isAbroad ? loadCalendarData(resourcesDir, segment) : nse, segment);
  };
  return (segment) => {
    const calendar = known.get(segment) ?? build(segment);
    known.set(segment, calendar);
    return calendar;
  };
}
