import { highest, lowest } from './extremes.ts';
import type { Bar, Indicator } from './indicator.ts';
import { sma } from './sma.ts';

/** Both lines, 0–100. %D needs more bars than %K. */
export interface Stochastic {
  readonly k: number;
  readonly d: number | undefined;
}

/**
 * Stochastic oscillator (George Lane): where the close stands between the lowest low and the highest high of the last
 * `period` bars, in percent; %K is the plain mean of the last `smooth` of that, %D of the last `signal` %K. %K has a
 * value from bar `period + smooth - 1` on, %D `signal - 1` bars later.
 *
 * A window without range has no answer (TradingView says na, TA-Lib 0). Such a bar is unknown and both means start
 * afresh after it, so no reading looks further back than its windows reach.
 * Throws a RangeError for periods that are not whole numbers of at least 1.
 */
export function stochastic(period: number, smooth: number, signal: number): Indicator<Stochastic, Bar> {
  const start = { k: sma(smooth), d: sma(signal) };
  return new StochasticOf({ highest: highest(period), lowest: lowest(period) }, start, start);
}

/** Stochastic oscillator as TA-Lib gives it out: %K only from where %D is there. */
export function stochasticTalib(period: number, smooth: number, signal: number): Indicator<Stochastic, Bar> {
  return new WholeStochastic(stochastic(period, smooth, signal));
}

interface Range {
  readonly highest: Indicator;
  readonly lowest: Indicator;
}

interface Lines {
  readonly k: Indicator;
  readonly d: Indicator;
}

class StochasticOf implements Indicator<Stochastic, Bar> {
  readonly #range: Range;
  /** The means before anything went into them. */
  readonly #start: Lines;
  readonly #lines: Lines;

  constructor(range: Range, start: Lines, lines: Lines) {
    this.#range = range;
    this.#start = start;
    this.#lines = lines;
  }

  get value(): Stochastic | undefined {
    const k = this.#lines.k.value;
    return k === undefined ? undefined : { k, d: this.#lines.d.value };
  }

  next({ high, low, close }: Bar): Indicator<Stochastic, Bar> {
    const range = { highest: this.#range.highest.next(high), lowest: this.#range.lowest.next(low) };
    const place = placeIn(range, close);
    const lines = place === undefined ? this.#start : continued(this.#lines, place);
    return new StochasticOf(range, this.#start, lines);
  }
}

function continued(lines: Lines, place: number): Lines {
  const k = lines.k.next(place);
  return { k, d: k.value === undefined ? lines.d : lines.d.next(k.value) };
}

/**
 * In percent of the range; multiplied before it is divided, as TradingView does. A close at the very top would then read
 * 100.00000000000001 now and again, which is no percentage of a range.
 */
function placeIn({ highest: { value: top }, lowest: { value: bottom } }: Range, close: number): number | undefined {
  if (top === undefined || bottom === undefined || top === bottom) return undefined;
  return Math.min(100, (100 * (close - bottom)) / (top - bottom));
}

/** Silent until both lines are there. */
class WholeStochastic implements Indicator<Stochastic, Bar> {
  readonly #stochastic: Indicator<Stochastic, Bar>;

  constructor(whole: Indicator<Stochastic, Bar>) {
    this.#stochastic = whole;
  }

  get value(): Stochastic | undefined {
    const value = this.#stochastic.value;
    return value?.d === undefined ? undefined : value;
  }

  next(bar: Bar): Indicator<Stochastic, Bar> {
    return new WholeStochastic(this.#stochastic.next(bar));
  }
}
