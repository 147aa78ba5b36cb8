import type { EpochMs } from '../../../core/brand.ts';
import type { Candle } from '../../../core/candle.ts';
import type { Instrument } from '../../../core/instrument.ts';
import type { Tick } from '../../../core/tick.ts';

/** What is handed over at one instant of the market. */
export interface Batch {
  readonly bars: Candle[];
  readonly ticks: Tick[];
}

/** One file on its way through time. */
export interface Reel {
  readonly instrument: Instrument;
  /** The earliest market time it speaks of. */
  readonly startTime: EpochMs;
  /** When its next row arrives; undefined at the end. Never before the last one. */
  nextTime(): EpochMs | undefined;
  /** Adds the next row to the batch, as it arrives at `now`. */
  take(batch: Batch, now: EpochMs): void;
}
