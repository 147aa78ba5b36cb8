import type { Indicator } from './indicator.ts';

/**
 * Wilder's and exponential averages begin with a plain mean: no value for `period - 1` inputs, then what
 * `start` makes of the mean of the first `period`.
 */
export function meanSeed(period: number, start: (mean: number) => Indicator): Indicator {
  return new MeanSeed(period, start, 0, 0);
}

class MeanSeed implements Indicator {
  readonly value = undefined;
  readonly #period: number;
  readonly #start: (mean: number) => Indicator;
  readonly #count: number;
  readonly #sum: number;

  constructor(period: number, start: (mean: number) => Indicator, count: number, sum: number) {
    this.#period = period;
    this.#start = start;
    this.#count = count;
    this.#sum = sum;
  }

  next(input: number): Indicator {
    const count = this.#count + 1;
    const sum = this.#sum + input;
    return count < this.#period ? new MeanSeed(this.#period, this.#start, count, sum) : this.#start(sum / this.#period);
  }
}
