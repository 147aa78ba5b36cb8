import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';

/** `09-Mar-2023 09:34:38`, the clock on a wall in India. */
const WALL_CLOCK = /^(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** When an order moved: as a wall clock, or as epoch seconds. Undefined for anything else. */
export function fromOrderTime(value: string | number | null | undefined): EpochMs | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const seconds = Number(value);
  if (seconds > 0 && Number.isFinite(seconds)) return Math.floor(seconds * SECOND_MS) as EpochMs;
  const parts = WALL_CLOCK.exec(String(value));
  if (parts === null) return undefined;
  const [, day, month = '', year, clock] = parts;
  const number = MONTHS.indexOf(month) + 1;
  const time = Date.parse(`${year}-${String(number).padStart(2, '0')}-${day}T${clock}+05:30`);
  return Number.isNaN(time) ? undefined : (time as EpochMs);
}
