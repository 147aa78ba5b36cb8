import type { EpochMs } from '../../../core/brand.ts';

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/;

/** A time stamp with none to nine digits of a second, in UTC; what is finer than a millisecond is cut off. */
export function readTime(value: unknown): EpochMs | undefined {
  if (typeof value !== 'string') return undefined;
  const found = RFC_3339.exec(value);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = found;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s, ms);
  // A 31st of February would have become a day in March.
  return new Date(time).getUTCDate() === Number(day) && Number(month) <= 12 ? (time as EpochMs) : undefined;
}

/** As requests carry it: `2024-01-15T10:29:00.000Z`. */
export function toTimestamp(time: EpochMs): string {
  return new Date(time).toISOString();
}
