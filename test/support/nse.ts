import { createCalendar } from '../../src/core/calendar.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';

/** What the calendars of NSE are made of. */
export const nseData = loadCalendarData(findResources(import.meta.dirname));

/** The calendar the app ships, for one segment. */
export const nse = (segment: Segment = 'nse-cas') => createCalendar(nseData, segment);
