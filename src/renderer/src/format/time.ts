import type { EpochMs } from '../../../core/brand.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';

const ZONE = { timeZone: 'Asia/Kolkata', hourCycle: 'h23' } as const;
const clock = new Intl.DateTimeFormat('en-IN', { ...ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minute = new Intl.DateTimeFormat('en-IN', { ...ZONE, hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-IN', { ...ZONE, weekday: 'short' });
const date = new Intl.DateTimeFormat('en-IN', { ...ZONE, day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-IN', { ...ZONE, month: 'short', year: 'numeric' });
const fullDate = new Intl.DateTimeFormat('en-IN', { ...ZONE, day: 'numeric', month: 'short', year: 'numeric' });

/** Indian time of day with seconds: `10:47:12`. */
export function formatClock(time: EpochMs): string {
  return clock.format(time);
}

/** Indian time of day: `10:47`. */
export function formatMinute(time: EpochMs): string {
  return minute.format(time);
}

/** `Mon 09:15`. */
export function formatWeekdayTime(time: EpochMs): string {
  return `${weekday.format(time)} ${minute.format(time)}`;
}

/** `20 Nov`. */
export function formatDate(time: EpochMs): string {
  return date.format(time);
}

/** `20 Nov 2026`. */
export function formatFullDate(time: EpochMs): string {
  return fullDate.format(time);
}

/** `20 Nov 10:47:12`. */
export function formatDateTime(time: EpochMs): string {
  return `${date.format(time)} ${clock.format(time)}`;
}

/** Names a bar by its opening time, as finely as its timeframe needs: `10:45:05`, `10:45`, `20 Nov`, `Nov 2026`. */
export function formatBarTime(openTime: EpochMs, timeframe: Timeframe): string {
  if (timeframe === '1mo') return month.format(openTime);
  if (!isIntraday(timeframe)) return date.format(openTime);
  return INTRADAY_MS[timeframe] < MINUTE_MS ? clock.format(openTime) : minute.format(openTime);
}

/** How long something took or has lasted, in one unit: `0.2 s`, `12 s`, `2 min`, `3 h`, `4 d`. */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 10 * SECOND_MS) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`;
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < DAY_MS) return `${Math.floor(span / HOUR_MS)} h`;
  return `${Math.floor(span / DAY_MS)} d`;
}
