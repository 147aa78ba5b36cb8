import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '../../core/brand.ts';
import { IST_OFFSET_MS } from '../../core/calendar-date.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon 23 Nov, 09:15 IST` */
export function istMoment(time: EpochMs): string {
  const wall = new Date(time + IST_OFFSET_MS);
  const clock = wall.toISOString().slice(11, 16);
  return `${DAYS[wall.getUTCDay()]} ${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}, ${clock} IST`;
}

/** `Mon 23 Nov 2026` in India. */
export function istDay(time: EpochMs): string {
  const wall = new Date(time + IST_OFFSET_MS);
  return `${DAYS[wall.getUTCDay()]} ${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`;
}

/** `5 minutes`, `3 hours`, `12 days`: the largest unit that fits, cut down. */
export function duration(ms: number): string {
  const [size, unit] =
    ms >= 2 * DAY_MS
      ? [DAY_MS, 'day']
      : ms >= 2 * HOUR_MS
        ? [HOUR_MS, 'hour']
        : ms >= MINUTE_MS
          ? [MINUTE_MS, 'minute']
          : [1_000, 'second'];
  const whole = Math.floor(ms / size);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
