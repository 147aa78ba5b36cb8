import { join } from 'node:path';
import { z } from 'zod';
import type { CalendarData } from '../../core/calendar.ts';
import { SEGMENTS } from '../../core/instrument.ts';
import { readDataFile } from './read-data-file.ts';

const date = z.iso.date('must be a date like 2026-08-03');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:15');
const clockSpan = z
  .tuple([clockTime, clockTime])
  .refine(([open, close]) => open < close, { message: 'must end later than it begins' });

const calendarSchema = z.object({
  utcOffsetMinutes: z.int().min(-720).max(840),
  covers: z.object({ from: date, to: date }),
  hours: z
    .array(
      z.object({
        segment: z.enum(SEGMENTS),
        from: date.nullable(),
        continuous: clockSpan,
        closingAuction: clockSpan.optional(),
      }),
    )
    .min(1),
  holidays: z.record(date, z.string().min(1)),
  special: z.array(
    z.object({
      date,
      name: z.string().min(1),
      sessions: z
        .array(clockSpan)
        .min(1)
        .refine((parts) => parts.every((part, index) => index === 0 || (parts[index - 1]?.[1] ?? '') <= part[0]), {
          message: 'must follow one another',
        }),
      provisional: z.boolean().optional(),
    }),
  ),
});

/** The exchange's calendar, from `calendar/nse.json`. Throws an AppError naming file and field when it is broken. */
export function loadCalendarData(resourcesDir: string): CalendarData {
  return readDataFile(join(resourcesDir, 'calendar', 'nse.json'), calendarSchema);
}
