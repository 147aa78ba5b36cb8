import { z } from 'zod';
import type { TradingDate } from '../../core/brand.ts';
import { weekday } from '../../core/calendar-date.ts';
import type { ListedHoliday } from '../../core/calendar-refresh.ts';
import { AppError } from '../../core/errors.ts';

/** `GET /api/holiday-master?type=trading`: rows by segment, of which `CM` is the equity market. */
const holidayMaster = z.object({
  CM: z
    .array(z.object({ tradingDate: z.string(), weekDay: z.string().optional(), description: z.string() }))
    .min(1)
    .max(1_000),
});

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Reads NSE's list. Throws AppError `invalid-input` when it is none, or a row's date is none or not on its weekday. */
export function readHolidayList(text: string): readonly ListedHoliday[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is not JSON', cause);
  }
  const checked = holidayMaster.safeParse(json);
  if (!checked.success) throw unreadable('it has no list of the equity market', checked.error);
  return checked.data.CM.map(({ tradingDate, weekDay, description }) => {
    const date = dateOf(tradingDate);
    if (date === undefined) throw unreadable('a date in it is none', undefined);
    const day = weekDay?.trim().toLowerCase() ?? '';
    if (day !== '' && day !== WEEKDAYS[weekday(date)]) throw unreadable(`${date} is no ${day}`, undefined);
    return {
      date,
      name:
        description
          .replaceAll(/[*\s]+/g, ' ')
          .trim()
          .slice(0, 100) || 'Holiday',
    };
  });
}

/** `26-Jan-2026` */
function dateOf(text: string): TradingDate | undefined {
  const [, day, month, year] = /^(\d{2})-([A-Za-z]{3})-(\d{4})$/.exec(text.trim()) ?? [];
  const number = MONTHS.indexOf(month?.toLowerCase() ?? '') + 1;
  const date = `${year}-${String(number).padStart(2, '0')}-${day}`;
  return z.iso.date().safeParse(date).success ? (date as TradingDate) : undefined;
}

function unreadable(why: string, cause: unknown): AppError {
  const message = `The exchange's list of holidays cannot be read: ${why}. The calendar stays as it is; nothing needs to be done.`;
  return new AppError('invalid-input', message, { cause });
}
