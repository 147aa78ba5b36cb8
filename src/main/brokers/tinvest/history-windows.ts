import type { EpochMs } from '../../../core/brand.ts';
import type { VenueInterval } from './intervals.ts';

export interface HistoryWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Cuts `[from, to)` into stretches that one call takes, oldest first. A longer one is refused with error 30014, and one
 * shorter than a candle is answered with none: the last therefore ends where its last candle does.
 */
export function historyWindows(from: EpochMs, to: EpochMs, interval: VenueInterval): readonly HistoryWindow[] {
  const windows: HistoryWindow[] = [];
  const lengthMs = interval.seconds * 1_000;
  const end = Math.ceil(to / lengthMs) * lengthMs;
  for (let start: number = from; start < to; start += interval.windowMs)
    windows.push({ from: start as EpochMs, to: Math.min(start + interval.windowMs, end) as EpochMs });
  return windows;
}
