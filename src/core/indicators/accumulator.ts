import type { Bar } from './indicator.ts';

/**
 * A streaming indicator that is changed in place, for whoever feeds it bars by the million: nothing is allocated for a
 * bar. `look` works a bar out beside what is kept, as often as one likes; only `keep` makes the one looked at last part
 * of it.
 *
 * It reads, bit for bit, what the immutable `Indicator` of its name reads: both are made of the same formulas.
 */
export interface Accumulator {
  /** `input` is the series on that bar; whoever needs whole bars reads `bar`. */
  look(input: number, bar: Bar): void;
  /** What it reads on the bar looked at last. NaN where nothing is known; `part` as the scan function numbers them. */
  value(part: number): number;
  keep(): void;
  /** Another that stands where this one does, and goes its own way. */
  copy(): Accumulator;
}
