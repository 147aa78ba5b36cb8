import { checkPeriod, type Indicator } from './indicator.ts';
import { MeanSeeded, meanSeed } from './mean-seed.ts';

/**
 * Exponential moving average of closes, smoothing 2/(period + 1), seeded with the plain mean of the first
 * `period` closes: TA-Lib's default, and TradingView's to the last bit. First value at close `period`.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function ema(period: number): Indicator {
  checkPeriod('EMA', period);
  return meanSeed(period, (mean) => smoothed(period, mean));
}

function smoothingOf(period: number): number {
  return 2 / (period + 1);
}

/** This very arithmetic: αx + (1 − α)e is the same in algebra, but drifts from other programs in the last bits. */
function stepped(smoothing: number, now: number, close: number): number {
  return now + smoothing * (close - now);
}

/** An exponential average that stands at `value` now. */
export function smoothed(period: number, value: number): Indicator {
  return new Ema(smoothingOf(period), value);
}

class Ema implements Indicator {
  readonly value: number;
  readonly #smoothing: number;

  constructor(smoothing: number, value: number) {
    this.#smoothing = smoothing;
    this.value = value;
  }

  next(close: number): Indicator {
    return new Ema(this.#smoothing, stepped(this.#smoothing, this.value, close));
  }
}

/** `ema`, kept in place. */
export class EmaAccumulator extends MeanSeeded {
  readonly #smoothing: number;

  constructor(period: number) {
    checkPeriod('EMA', period);
    super(period);
    this.#smoothing = smoothingOf(period);
  }

  protected override step(now: number, close: number): number {
    return stepped(this.#smoothing, now, close);
  }

  override copy(): EmaAccumulator {
    return new EmaAccumulator(this.period).standAs(this);
  }
}
