import type { EpochMs } from '../../../core/brand.ts';
import { fromCandleTime } from './ist.ts';

export interface CandleRow {
  /** Start of the candle. */
  readonly time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * Reads `[time, open, high, low, close, volume]`; open interest may follow. Undefined when it is no candle at
 * all, or one that cannot be: a price that is not above zero, a high below the low.
 */
export function readCandleRow(value: unknown): CandleRow | undefined {
  if (!Array.isArray(value)) return undefined;
  const [text, open, high, low, close, volume]: unknown[] = value;
  const time = typeof text === 'string' ? fromCandleTime(text) : undefined;
  if (time === undefined) return undefined;
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  if (low > Math.min(open, close) || high < Math.max(open, close)) return undefined;
  if (typeof volume !== 'number' || !Number.isFinite(volume) || volume < 0) return undefined;
  return { time, open, high, low, close, volume };
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
