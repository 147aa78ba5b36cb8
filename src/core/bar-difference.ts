import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Candle } from './candle.ts';
import type { BarValues } from './revision.ts';
import type { Timeframe } from './timeframe.ts';

/** A closed bar that two sources tell differently: ours, and what a venue says of the same minute. */
export interface BarDifference {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly openTime: EpochMs;
  /** Id of the venue whose word it is. */
  readonly venue: string;
  /** When we noticed. */
  readonly at: EpochMs;
  readonly ours: BarValues;
  readonly theirs: BarValues;
}

/** Prices closer than this share of the smallest step are equal: they came through floating point. */
const SAME_SHARE = 0.01;
/** Shares of a quantity below this are noise of adding up fractions. */
const SAME_QUANTITY = 1e-9;

/** Whether two bars of one minute differ. A volume that one of them does not know is no difference. */
export function barsDiffer(ours: BarValues, theirs: BarValues, tickSize: number): boolean {
  const isOff = (a: number, b: number): boolean => Math.abs(a - b) > tickSize * SAME_SHARE;
  if (isOff(ours.open, theirs.open) || isOff(ours.close, theirs.close)) return true;
  if (isOff(ours.high, theirs.high) || isOff(ours.low, theirs.low)) return true;
  if (ours.volume === undefined || theirs.volume === undefined) return false;
  return Math.abs(ours.volume - theirs.volume) > SAME_QUANTITY * Math.max(1, ours.volume, theirs.volume);
}

/** What a bar says, without its place. */
export function valuesOf({ open, high, low, close, volume }: Candle): BarValues {
  return { open, high, low, close, volume };
}
