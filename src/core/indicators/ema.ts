import { checkPeriod, type Indicator } from './indicator.ts';
import { meanSeed } from './mean-seed.ts';

/**
 * Exponential moving average of closes, smoothing 2/(period + 1), seeded with the plain mean of the first
 * `period` closes: TA-Lib's default, and TradingView's to the last bit. First value at close `period`.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function ema(period: number): Indicator {
  checkPeriod('EMA', period);
  return meanSeed(period, (mean) => smoothed(period, mean));
}

/** An exponential average that stands at `value` now. */
export function smoothed(period: number, value: number): Indicator {
  return new Ema(2 / (period + 1), value);
}

class Ema implements Indicator {
  readonly value: number;
  readonly #smoothing: number;

  constructor(smoothing: number, value: number) {
    this.#smoothing = smoothing;
    this.value = value;
  }

  next(close: number): Indicator {
    // This very arithmetic: αx + (1 − α)e is the same in algebra, but drifts from other programs in the last bits.
    return new Ema(this.#smoothing, this.value + this.#smoothing * (close - this.value));
  }
}
