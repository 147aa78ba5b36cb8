import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Timeframe } from './timeframe.ts';

export const SIDES = ['buy', 'sell'] as const;
export type Side = (typeof SIDES)[number];

/**
 * What a signal's bars are worth: all told or confirmed; some never were; or history changed one of them after
 * the signal. A signal is never taken back: it is marked.
 */
export const INPUTS = ['whole', 'incomplete', 'revised'] as const;
export type Inputs = (typeof INPUTS)[number];

/** What a rule found on a bar. */
export interface Signal {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly rule: string;
  readonly side: Side;
  /** Opening time of the bar that produced it. With instrument, timeframe and rule this is the signal's identity. */
  readonly barTime: EpochMs;
  /** Close of that bar (of the forming bar: its price so far). */
  readonly price: number;
  /** The operands the rule judged by, e.g. `{ "ema(9)": 101.2, "ema(21)": 100.9, "rsi(14)": 57.1 }`. */
  readonly values: Readonly<Record<string, number>>;
}

/** A signal's identity as text. */
export function signalId({ instrument, timeframe, rule, barTime }: Signal): string {
  return `${instrument} ${timeframe} ${rule} ${barTime}`;
}
