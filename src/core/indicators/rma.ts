import { checkPeriod, type Indicator } from './indicator.ts';
import { MeanSeeded, meanSeed } from './mean-seed.ts';

/**
 * Wilder's moving average: seeded with the plain mean of the first `period` inputs, after that each new one
 * weighs 1/period. The average inside RSI, ATR and ADX (J. Welles Wilder, "New Concepts in Technical Trading
 * Systems", 1978). Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function rma(period: number): Indicator {
  checkPeriod('RMA', period);
  return meanSeed(period, (mean) => new Rma(period, mean));
}

/** Wilder's average after one more number, which weighs 1/period. */
export function wilderStep(period: number, now: number, input: number): number {
  return (now * (period - 1) + input) / period;
}

class Rma implements Indicator {
  readonly value: number;
  readonly #period: number;

  constructor(period: number, value: number) {
    this.#period = period;
    this.value = value;
  }

  next(input: number): Indicator {
    return new Rma(this.#period, wilderStep(this.#period, this.value, input));
  }
}

/** `rma`, kept in place. */
export class RmaAccumulator extends MeanSeeded {
  constructor(period: number) {
    checkPeriod('RMA', period);
    super(period);
  }

  protected override step(now: number, input: number): number {
    return wilderStep(this.period, now, input);
  }

  override copy(): RmaAccumulator {
    return new RmaAccumulator(this.period).standAs(this);
  }
}
