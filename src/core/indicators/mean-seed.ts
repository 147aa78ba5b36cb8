import type { Accumulator } from './accumulator.ts';
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

/** The same start for an average that is kept in place; `step` is what it does with each number after the mean. */
export abstract class MeanSeeded implements Accumulator {
  protected readonly period: number;
  #count = 0;
  /** The sum until the mean of the first `period` can be told, and from then on the average. */
  #now = 0;
  #next = 0;

  constructor(period: number) {
    this.period = period;
  }

  protected abstract step(now: number, input: number): number;

  look(input: number): void {
    if (this.#count >= this.period) {
      this.#next = this.step(this.#now, input);
      return;
    }
    const sum = this.#now + input;
    this.#next = this.#count + 1 < this.period ? sum : sum / this.period;
  }

  value(): number {
    return this.#count + 1 < this.period ? Number.NaN : this.#next;
  }

  keep(): void {
    this.#now = this.#next;
    if (this.#count < this.period) this.#count += 1;
  }

  abstract copy(): Accumulator;

  /** Stands from now on where `other` does. */
  protected standAs(other: MeanSeeded): this {
    this.#count = other.#count;
    this.#now = other.#now;
    this.#next = other.#next;
    return this;
  }
}
