import type { Accumulator } from '../indicators/accumulator.ts';
import type { Bar } from '../indicators/indicator.ts';
import type { DayOf } from '../indicators/vwap.ts';

/** Whose way of seeding is followed where the two differ (docs/indicators.md has the table). */
export const ARITHMETICS = ['trading-view', 'ta-lib'] as const;
export type Arithmetic = (typeof ARITHMETICS)[number];

/** One of a function's numbers: `14` in `rsi(14)`. */
export interface ScanNumber {
  /** `period`, `fast`, `factor`, … */
  readonly name: string;
  /** Meant when it is not written; undefined where it must be. */
  readonly usual: number | undefined;
  /** A number of bars is whole, from `least` to SCAN_LIMITS.period; any other is above `least`. */
  readonly isBars: boolean;
  readonly least: number;
}

/**
 * A function at one moment: immutable, `next` is the moment after one more bar. `series` is the source's value on that
 * bar, the close for a function of whole bars. The lane leaves out bars on which the source is unknown.
 */
export interface ScanInstance {
  next(bar: Bar, series: number): ScanInstance;
  /** Undefined until enough bars have closed, and wherever the formula has no answer. `part` indexes `ScanFunction.parts`. */
  value(part: number): number | undefined;
}

/** What an instance is built with. */
export interface BuildContext {
  readonly arithmetic: Arithmetic;
  readonly dayOf: DayOf;
}

/** An indicator as the scan language knows it. The catalogue lists them all: parser, checker, lane and editor read it there. */
export interface ScanFunction {
  /** In small letters; `aliases` mean the same. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for the completion list. */
  readonly summary: string;
  /** As a person would write it: `bollinger(20, 2).upper`. */
  readonly example: string;
  /** Takes any series (`sma(volume, 20)`; the close where none is written), or looks at whole bars. */
  readonly takes: 'series' | 'bars';
  /** True where the series must be written: `max(high, 20)`. */
  readonly needsSource: boolean;
  readonly numbers: readonly ScanNumber[];
  /** Names after the dot; empty for a function of one value. The first is meant when none is written. */
  readonly parts: readonly string[];
  readonly needsVolume: boolean;
  /** Bars until its first part reads, in TradingView's arithmetic; TA-Lib's may read some bars earlier or later. */
  readsFrom(numbers: readonly number[]): number;
  /** Bars until less than 0.01 % is left of where the data began; never fewer than `readsFrom`. */
  settlesAfter(numbers: readonly number[]): number;
  /** A sentence about what is wrong with these numbers together (a fast period above the slow one); undefined when nothing is. */
  fault(numbers: readonly number[]): string | undefined;
  build(numbers: readonly number[], context: BuildContext): ScanInstance;
  /** The same, kept in place, of a function that rules ask for often; undefined where there is none. */
  accumulate?(numbers: readonly number[], context: BuildContext): Accumulator | undefined;
}
