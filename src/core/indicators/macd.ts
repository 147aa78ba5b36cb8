import { ema } from './ema.ts';
import { checkPeriod, type Indicator } from './indicator.ts';
import { skip } from './skip.ts';

/** In the unit of the price. The signal needs more bars than the line, and the histogram needs the signal. */
export interface Macd {
  readonly line: number;
  readonly signal: number | undefined;
  /** Line less signal. */
  readonly histogram: number | undefined;
}

/**
 * Moving average convergence/divergence: the fast EMA of closes less the slow one, each seeded with its own mean,
 * and the EMA of that line as its signal (Gerald Appel). The line has a value from close `slow` on, the signal
 * `signal - 1` closes later. Throws a RangeError for periods below 1, or a fast one that is not below the slow.
 */
export function macd(fast: number, slow: number, signal: number): Indicator<Macd> {
  checkMacd(fast, slow, signal);
  return new MacdOf(ema(fast), ema(slow), ema(signal));
}

/**
 * MACD as TA-Lib has it: the fast EMA is seeded with the mean of the last `fast` of the first `slow` closes, and
 * nothing is given out before the signal is there.
 */
export function macdTalib(fast: number, slow: number, signal: number): Indicator<Macd> {
  checkMacd(fast, slow, signal);
  return new WholeMacd(new MacdOf(skip(slow - fast, ema(fast)), ema(slow), ema(signal)));
}

function checkMacd(fast: number, slow: number, signal: number): void {
  for (const period of [fast, slow, signal]) checkPeriod('MACD', period);
  if (fast >= slow)
    throw new RangeError(
      `MACD needs a fast period below the slow one, like 12 and 26; it was given ${fast} and ${slow}.`,
    );
}

class MacdOf implements Indicator<Macd> {
  readonly #fast: Indicator;
  readonly #slow: Indicator;
  readonly #signal: Indicator;

  constructor(fast: Indicator, slow: Indicator, signal: Indicator) {
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
  }

  get value(): Macd | undefined {
    const line = distance(this.#fast, this.#slow);
    if (line === undefined) return undefined;
    const signal = this.#signal.value;
    return { line, signal, histogram: signal === undefined ? undefined : line - signal };
  }

  next(close: number): Indicator<Macd> {
    const fast = this.#fast.next(close);
    const slow = this.#slow.next(close);
    const line = distance(fast, slow);
    return new MacdOf(fast, slow, line === undefined ? this.#signal : this.#signal.next(line));
  }
}

function distance(fast: Indicator, slow: Indicator): number | undefined {
  return fast.value === undefined || slow.value === undefined ? undefined : fast.value - slow.value;
}

/** Silent until line and signal are both there. */
class WholeMacd implements Indicator<Macd> {
  readonly #macd: Indicator<Macd>;

  constructor(macd: Indicator<Macd>) {
    this.#macd = macd;
  }

  get value(): Macd | undefined {
    const value = this.#macd.value;
    return value?.signal === undefined ? undefined : value;
  }

  next(close: number): Indicator<Macd> {
    return new WholeMacd(this.#macd.next(close));
  }
}
