import { checkPeriod, type Indicator } from './indicator.ts';

/**
 * Wilder's running sum as TA-Lib keeps it in its directional indicators: the plain sum of the first `period - 1`
 * inputs, and from input `period` on `sum - sum / period + input`.
 */
export function wilderSum(period: number): Indicator {
  checkPeriod('Wilder sum', period, 2);
  return new WilderSum(period, 0, 0);
}

class WilderSum implements Indicator {
  readonly #period: number;
  readonly #count: number;
  readonly #sum: number;

  constructor(period: number, count: number, sum: number) {
    this.#period = period;
    this.#count = count;
    this.#sum = sum;
  }

  get value(): number | undefined {
    return this.#count < this.#period ? undefined : this.#sum;
  }

  next(input: number): Indicator {
    const priming = this.#count < this.#period - 1;
    const sum = priming ? this.#sum + input : this.#sum - this.#sum / this.#period + input;
    return new WilderSum(this.#period, this.#count + 1, sum);
  }
}
