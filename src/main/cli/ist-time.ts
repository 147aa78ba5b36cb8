import type { EpochMs } from '../../core/brand.ts';
import { istText } from '../files/bar-sheet.ts';

/** `10:02` on a wall in India; seconds only where there are some. */
export function istClock(time: EpochMs): string {
  const text = istText(time);
  return text.endsWith(':00+05:30') ? text.slice(11, 16) : text.slice(11, 19);
}

/** `2026-08-03` on a wall in India. */
export function istDate(time: EpochMs): string {
  return istText(time).slice(0, 10);
}

/** `2026-08-03 18:00 IST`. */
export function istMinute(time: EpochMs): string {
  return `${istText(time).slice(0, 16).replace('T', ' ')} IST`;
}
