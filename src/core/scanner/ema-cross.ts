import { ema } from '../indicators/ema.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { rsi } from '../indicators/rsi.ts';
import type { Side } from '../signal.ts';

/** The rule's name, on the command line and in the identity of its signals. */
export const EMA_CROSS = 'ema-cross';

/** What a person may set of the rule. Periods are in bars. */
export interface EmaCrossParameters {
  /** Bars of the fast and the slow average; fast < slow. */
  readonly fast: number;
  readonly slow: number;
  readonly rsi: number;
  /** A buy needs RSI above it, a sell RSI below 100 minus it. */
  readonly momentum: number;
}

/** What a rule starts from at the least, in bars. */
const LEAST_WARM_UP = 200;

/**
 * Closed bars after which less than 0.01 % is left of where the averages began: six periods of an exponential
 * average, eleven of Wilder's, their seed included (docs/indicators.md, "How long the seed is remembered").
 */
export function warmUpBars({ slow, rsi: period }: EmaCrossParameters): number {
  return Math.max(LEAST_WARM_UP, 6 * slow, 11 * period);
}

/** The rule's operands on one bar. Each is unknown for itself. */
export interface EmaCrossReading {
  readonly fast: number | undefined;
  readonly slow: number | undefined;
  readonly rsi: number | undefined;
}

/** The operands as one indicator of closes; it has a value from the start, whose parts may be unknown. */
export function emaCrossStudy(parameters: EmaCrossParameters): Indicator<EmaCrossReading> {
  return combine(ema(parameters.fast), ema(parameters.slow), rsi(parameters.rsi));
}

function combine(fast: Indicator, slow: Indicator, strength: Indicator): Indicator<EmaCrossReading> {
  return {
    value: { fast: fast.value, slow: slow.value, rsi: strength.value },
    next: (close) => combine(fast.next(close), slow.next(close), strength.next(close)),
  };
}

/** Three values: it fires, it does not, or nobody can say. */
export type Verdict =
  | { readonly kind: 'fires'; readonly side: Side; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'holds-still' }
  | { readonly kind: 'unknown' };

const HOLDS_STILL: Verdict = { kind: 'holds-still' };
const UNKNOWN: Verdict = { kind: 'unknown' };

/**
 * Fires where the fast average crosses the slow one with momentum behind it: above now and not above on the
 * bar before, with RSI beyond the threshold (for a sell: below, and RSI under 100 minus it). The bar before
 * the day's first is the last of the day before. An unknown operand makes the verdict unknown, unless the
 * averages alone already say no.
 */
export function judgeEmaCross(
  parameters: EmaCrossParameters,
  before: EmaCrossReading | undefined,
  after: EmaCrossReading | undefined,
): Verdict {
  if (before?.fast === undefined || before.slow === undefined) return UNKNOWN;
  if (after?.fast === undefined || after.slow === undefined) return UNKNOWN;

  const isUp = after.fast > after.slow && before.fast <= before.slow;
  const isDown = after.fast < after.slow && before.fast >= before.slow;
  if (!isUp && !isDown) return HOLDS_STILL;
  if (after.rsi === undefined) return UNKNOWN;
  const { momentum } = parameters;
  if (isUp ? after.rsi <= momentum : after.rsi >= 100 - momentum) return HOLDS_STILL;
  const values = {
    [`ema(${parameters.fast})`]: after.fast,
    [`ema(${parameters.slow})`]: after.slow,
    [`rsi(${parameters.rsi})`]: after.rsi,
  };
  return { kind: 'fires', side: isUp ? 'buy' : 'sell', values };
}

/** The reason in words: "EMA 9 crossed above EMA 21, RSI 58.3". */
export function explainEmaCross(
  parameters: EmaCrossParameters,
  side: Side,
  values: Readonly<Record<string, number>>,
): string {
  const { fast, slow, rsi: period } = parameters;
  const strength = values[`rsi(${period})`];
  const words = `EMA ${fast} crossed ${side === 'buy' ? 'above' : 'below'} EMA ${slow}`;
  return strength === undefined ? words : `${words}, RSI ${strength.toFixed(1)}`;
}
