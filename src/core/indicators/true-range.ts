import type { Bar } from './indicator.ts';

/**
 * How far the price went in a bar, the gap from the previous close included (Wilder 1978). Without a previous
 * close it is the bar's own range.
 */
export function trueRange({ high, low }: Bar, previousClose: number | undefined): number {
  if (previousClose === undefined) return high - low;
  return Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));
}
