import type { EpochMs } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import type { Finding } from '../../core/scanner/finding.ts';
import type { LongerStart } from '../../core/scanner/lane-context.ts';
import type { Inputs, Signal } from '../../core/signal.ts';
import type { Track } from './track.ts';

/** A rule fired on a closed bar, with what is known of how it came to that. */
export interface Found {
  readonly track: Track;
  readonly finding: Finding;
  readonly signal: Signal;
  /** The bar it fired on, and the one that the lane saw before it. */
  readonly bar: Candle;
  readonly before: Candle | undefined;
  /** The bar closed while nobody was looking: listed, not shouted. */
  readonly isLate: boolean;
  readonly inputs: Inputs;
  /** How the bar is known. */
  readonly ground: 'live' | 'history' | 'not-whole';
  /** Opening time of the first bar the lane had seen, and how many it had. */
  readonly firstBar: EpochMs;
  readonly barCount: number;
  /** The newest closed bar of each longer timeframe that a rule of the lane looks at. */
  readonly longer: readonly Candle[];
  /** Where the bars of those began. */
  readonly longerStarts: readonly LongerStart[];
  /** When the bar ended by the calendar, and when the rule judged it (the market's time). */
  readonly barClosed: EpochMs;
  readonly judgedAt: EpochMs;
}
