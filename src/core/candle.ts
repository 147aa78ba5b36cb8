import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Timeframe } from './timeframe.ts';

/** The record of one bar. Prices are in the instrument's currency. */
export interface Candle {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  /** Opening instant of the bar; where it ends is a matter of the calendar (`barCloseTime`). */
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Quantity traded in the bar; undefined where the instrument has none (an index). */
  readonly volume: number | undefined;
}

/**
 * Where a bar comes from: built here from ticks, told by the venue's history, or the exchange's own
 * word after the session. A later word in this list overrules an earlier one.
 */
export const PROVENANCES = ['live', 'history', 'official'] as const;
export type Provenance = (typeof PROVENANCES)[number];
