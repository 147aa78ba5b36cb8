import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';

/** What `Date` can tell. */
const LATEST_S = 8_640_000_000_000;

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
 * Reads `[epoch seconds, open, high, low, close, volume]`; open interest may follow. Undefined when it is no candle at
 * all, or one that cannot be: a price that is not above zero, a high below the low.
 */
export function readCandleRow(value: unknown): CandleRow | undefined {
  if (!Array.isArray(value)) return undefined;
  const [seconds, open, high, low, close, volume]: unknown[] = value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds <= 0 || seconds > LATEST_S) return undefined;
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  if (low > Math.min(open, close) || high < Math.max(open, close)) return undefined;
  if (typeof volume !== 'number' || !(volume >= 0) || !Number.isFinite(volume)) return undefined;
  return { time: (seconds * SECOND_MS) as EpochMs, open, high, low, close, volume };
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
