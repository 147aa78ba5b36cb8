import { checkPeriod, type Indicator } from './indicator.ts';
import { wilderStep } from './rma.ts';

/**
 * Relative strength index, 0–100, with Wilder's smoothing: the averages of gains and of losses begin with the
 * mean of the first `period` changes. First value at close `period + 1`.
 *
 * No loss reads 100, no gain 0. A series that never moved has no reading: the formula is 0/0, and libraries
 * disagree (0, 50, 100). Unknown can never satisfy a rule, so a quiet instrument cannot look oversold.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function rsi(period: number): Indicator {
  checkPeriod('RSI', period);
  // The first close has nothing to be compared with.
  return { value: undefined, next: (close) => new WarmingRsi(period, 0, close, 0, 0) };
}

export function gainOf(change: number): number {
  return change > 0 ? change : 0;
}

export function lossOf(change: number): number {
  return change < 0 ? -change : 0;
}

/** The index itself, of the averages of gains and losses. */
export function strengthOf(gain: number, loss: number): number | undefined {
  if (gain === 0 && loss === 0) return undefined;
  return 100 - 100 / (1 + gain / loss);
}

/** Adds up the first `period` gains and losses. */
class WarmingRsi implements Indicator {
  readonly value = undefined;
  readonly #period: number;
  readonly #changes: number;
  readonly #close: number;
  readonly #gains: number;
  readonly #losses: number;

  constructor(period: number, changes: number, close: number, gains: number, losses: number) {
    this.#period = period;
    this.#changes = changes;
    this.#close = close;
    this.#gains = gains;
    this.#losses = losses;
  }

  next(close: number): Indicator {
    const change = close - this.#close;
    const changes = this.#changes + 1;
    const gains = this.#gains + gainOf(change);
    const losses = this.#losses + lossOf(change);
    return changes < this.#period
      ? new WarmingRsi(this.#period, changes, close, gains, losses)
      : new Rsi(this.#period, close, gains / this.#period, losses / this.#period);
  }
}

class Rsi implements Indicator {
  readonly #period: number;
  readonly #close: number;
  readonly #gain: number;
  readonly #loss: number;

  constructor(period: number, close: number, gain: number, loss: number) {
    this.#period = period;
    this.#close = close;
    this.#gain = gain;
    this.#loss = loss;
  }

  get value(): number | undefined {
    return strengthOf(this.#gain, this.#loss);
  }

  next(close: number): Indicator {
    const period = this.#period;
    const change = close - this.#close;
    return new Rsi(
      period,
      close,
      wilderStep(period, this.#gain, gainOf(change)),
      wilderStep(period, this.#loss, lossOf(change)),
    );
  }
}
