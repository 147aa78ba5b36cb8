import { createCalendar } from '../../src/core/calendar.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';

const data = loadCalendarData(findResources(import.meta.dirname));

/** The calendar the app ships, for one segment. */
export const nse = (segment: Segment = 'nse-cas') => createCalendar(data, segment);
