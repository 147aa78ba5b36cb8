import type { EpochMs } from '../brand.ts';
import type { Rule } from '../rule.ts';
import type { Side } from '../signal.ts';
import type { Timeframe } from '../timeframe.ts';
import type { Truth } from './expression.ts';

/** One operand of a rule, as the canonical text of its expression: `ema(9)`, `max(high, 20)[1]`, `rsi(14, 15m)`. */
export interface OperandReading {
  readonly text: string;
  readonly now: number | undefined;
  /** On the bar before; of another timeframe, as it stood at the close of the bar before. */
  readonly before: number | undefined;
  /** Less than 0.01 % is left of where its data began. */
  readonly isSettled: boolean;
  /** The bars it is of, and the opening time of the newest of them; undefined before the first. */
  readonly timeframe: Timeframe;
  readonly barTime: EpochMs | undefined;
}

/** A rule fired on a bar: everything an alert and its passport are made of. */
export interface Finding {
  readonly rule: Rule;
  readonly side: Side;
  /** Opening time of the bar it fired on. */
  readonly barTime: EpochMs;
  /** Close of that bar; of a forming bar, its price so far. */
  readonly price: number;
  /** In the order in which they stand in the text, each once. */
  readonly operands: readonly OperandReading[];
  /** The reason in words: "EMA 9 crossed above EMA 21, RSI 58.3". */
  readonly text: string;
}

/** One of the conditions that must hold together. */
export interface Clause {
  /** Canonical text. */
  readonly text: string;
  readonly truth: Truth;
  /**
   * How far a comparison or crossing is from holding, as a share of the greater side: 0.01 is one percent; 0 when it
   * holds, undefined where that cannot be said.
   */
  readonly distance: number | undefined;
  readonly operands: readonly OperandReading[];
}

/** What a rule's side says of the newest closed bar. */
export interface Judgement {
  readonly rule: Rule;
  readonly side: Side;
  readonly truth: Truth;
  /** The parts of the topmost `and`; the whole condition where there is none. */
  readonly clauses: readonly Clause[];
}
