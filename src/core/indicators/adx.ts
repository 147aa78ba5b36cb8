import { directionalMovement } from './directional-movement.ts';
import { type Bar, checkPeriod, type Indicator } from './indicator.ts';
import { rma } from './rma.ts';
import { trueRange } from './true-range.ts';
import { wilderSum } from './wilder-sum.ts';

/** Directional indicators and their average index, each 0–100. ADX needs twice the bars that the others need. */
export interface DirectionalIndex {
  readonly plusDi: number;
  readonly minusDi: number;
  readonly adx: number | undefined;
}

/**
 * Wilder's directional movement system. +DI and −DI are the averages of the movements up and down in percent of
 * the average true range, from bar `period + 1` on; ADX is Wilder's average of their distance in percent of their
 * sum, `period - 1` bars later. All averages are seeded with the plain mean, and the first bar only starts the count.
 *
 * Unknown where the price has not moved at all. A window that moved but went nowhere counts as a distance of 0.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function adx(period: number): Indicator<DirectionalIndex, Bar> {
  return starting(rma(period), rma(period));
}

/**
 * The same as TA-Lib has it: the sums under +DI and −DI are primed with `period - 1` movements and decay once
 * before the first value. Throws a RangeError for a period that is not a whole number of at least 2.
 */
export function adxTalib(period: number): Indicator<DirectionalIndex, Bar> {
  checkPeriod('ADX', period, 2);
  return starting(wilderSum(period), rma(period));
}

function starting(average: Indicator, index: Indicator): Indicator<DirectionalIndex, Bar> {
  const averages = { range: average, plus: average, minus: average, index };
  return { value: undefined, next: (bar) => new Directional(bar, averages) };
}

interface Averages {
  readonly range: Indicator;
  readonly plus: Indicator;
  readonly minus: Indicator;
  readonly index: Indicator;
}

class Directional implements Indicator<DirectionalIndex, Bar> {
  readonly #bar: Bar;
  readonly #averages: Averages;

  constructor(bar: Bar, averages: Averages) {
    this.#bar = bar;
    this.#averages = averages;
  }

  get value(): DirectionalIndex | undefined {
    const lines = linesOf(this.#averages);
    return lines && { ...lines, adx: this.#averages.index.value };
  }

  next(bar: Bar): Indicator<DirectionalIndex, Bar> {
    const before = this.#averages;
    const movement = directionalMovement(bar, this.#bar);
    const averages = {
      range: before.range.next(trueRange(bar, this.#bar.close)),
      plus: before.plus.next(movement.plus),
      minus: before.minus.next(movement.minus),
      index: before.index,
    };
    const lines = linesOf(averages);
    const index = lines === undefined ? before.index : before.index.next(distance(lines));
    return new Directional(bar, { ...averages, index });
  }
}

interface Lines {
  readonly plusDi: number;
  readonly minusDi: number;
}

function linesOf({ range, plus, minus }: Averages): Lines | undefined {
  if (range.value === undefined || plus.value === undefined || minus.value === undefined) return undefined;
  if (range.value === 0) return undefined;
  return { plusDi: (100 * plus.value) / range.value, minusDi: (100 * minus.value) / range.value };
}

/** DX: the distance of the two lines in percent of their sum. */
function distance({ plusDi, minusDi }: Lines): number {
  const sum = plusDi + minusDi;
  return sum === 0 ? 0 : (100 * Math.abs(plusDi - minusDi)) / sum;
}
