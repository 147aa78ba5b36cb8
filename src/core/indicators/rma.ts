import { checkPeriod, type Indicator } from './indicator.ts';
import { meanSeed } from './mean-seed.ts';

/**
 * Wilder's moving average: seeded with the plain mean of the first `period` inputs, after that each new one
 * weighs 1/period. The average inside RSI, ATR and ADX (J. Welles Wilder, "New Concepts in Technical Trading
 * Systems", 1978). Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function rma(period: number): Indicator {
  checkPeriod('RMA', period);
  return meanSeed(period, (mean) => new Rma(period, mean));
}

class Rma implements Indicator {
  readonly value: number;
  readonly #period: number;

  constructor(period: number, value: number) {
    this.#period = period;
    this.value = value;
  }

  next(input: number): Indicator {
    return new Rma(this.#period, (this.value * (this.#period - 1) + input) / this.#period);
  }
}
