import { DAY_MS, type EpochMs } from './brand.ts';
import { addDays, clockTimeMs, dateAt, IST_OFFSET_MS, midnight } from './calendar-date.ts';

/** One row of a schedule: from this time of day by Indian time on, `HH:MM`, that mode runs. */
export interface ScheduleRow<Mode extends string> {
  readonly from: string;
  readonly mode: Mode;
}

/** What a schedule says of an instant. */
export interface Scheduled<Mode extends string> {
  readonly mode: Mode;
  /** Start of the row that comes next, whether its mode is another or not: a choice made by hand ends there. */
  readonly next: { readonly at: EpochMs; readonly mode: Mode };
}

/**
 * The row that holds at `time`. `rows` go from early to late; the last of a day holds until the first of the next.
 * Throws a RangeError without rows.
 */
export function scheduledAt<Mode extends string>(rows: readonly ScheduleRow<Mode>[], time: EpochMs): Scheduled<Mode> {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A schedule needs at least one row.');
  const today = dateAt(time, IST_OFFSET_MS);
  const start = midnight(today, IST_OFFSET_MS);
  const sinceMidnight = time - start;
  const holding = rows.findLast(({ from }) => clockTimeMs(from) <= sinceMidnight) ?? last;
  const coming = rows.find(({ from }) => clockTimeMs(from) > sinceMidnight);
  const next = coming ?? first;
  const day = coming === undefined ? midnight(addDays(today, 1), IST_OFFSET_MS) : start;
  return { mode: holding.mode, next: { at: (day + (clockTimeMs(next.from) % DAY_MS)) as EpochMs, mode: next.mode } };
}
