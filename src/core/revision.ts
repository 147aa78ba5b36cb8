import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Candle } from './candle.ts';
import type { Timeframe } from './timeframe.ts';

/** What a bar says, without its place. */
export type BarValues = Pick<Candle, 'open' | 'high' | 'low' | 'close' | 'volume'>;

export const BAR_FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const satisfies readonly (keyof BarValues)[];

/**
 * Why a stored bar changed: the venue's history or the exchange's word after the session differ from it, a tick
 * came after it had closed, or a person imported another.
 */
export const REVISION_REASONS = ['history', 'official', 'late-tick', 'import'] as const;
export type RevisionReason = (typeof REVISION_REASONS)[number];

/** A bar that had closed and was changed. */
export interface Revision {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly openTime: EpochMs;
  readonly reason: RevisionReason;
  /** When we learned of it. */
  readonly at: EpochMs;
  /** Undefined where we had no bar at all. */
  readonly before: BarValues | undefined;
  readonly after: BarValues;
}
