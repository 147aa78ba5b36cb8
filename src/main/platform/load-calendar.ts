import { join } from 'node:path';
import type { CalendarData } from '../../core/calendar.ts';
import type { CalendarOverlay } from '../../core/calendar-overlay.ts';
import { calendarSchema, overrideSchema } from './calendar-schema.ts';
import { fileExists, readDataFile, readJsonFile } from './read-data-file.ts';

/** A market's calendar, from `calendar/nse.json` and its like. Throws an AppError naming file and field when it is broken. */
export function loadCalendarData(resourcesDir: string, market: 'nse' | 'moex' | 'us' = 'nse'): CalendarData {
  return readDataFile(join(resourcesDir, 'calendar', `${market}.json`), calendarSchema);
}

/**
 * What the owner of the data folder wrote about NSE's days; undefined when there is no such file. Throws an AppError
 * naming file and field when it is broken.
 */
export function loadOverride(path: string): CalendarOverlay | undefined {
  if (!fileExists(path)) return undefined;
  return readJsonFile(path, overrideSchema, 'Until it is corrected, the calendar that came with Tickscope holds.');
}
