import type { Accumulator } from './accumulator.ts';
import { checkPeriod } from './indicator.ts';
import { wilderStep } from './rma.ts';
import { gainOf, lossOf, strengthOf } from './rsi.ts';

/** `rsi`, kept in place: until `period` changes are known the gains and losses are sums, from then on averages. */
export class RsiAccumulator implements Accumulator {
  readonly #period: number;
  /** Closes kept, up to the `period + 1` that it takes to begin. */
  #closes = 0;
  #close = 0;
  #gain = 0;
  #loss = 0;
  #nextClose = 0;
  #nextGain = 0;
  #nextLoss = 0;

  constructor(period: number) {
    checkPeriod('RSI', period);
    this.#period = period;
  }

  look(close: number): void {
    this.#nextClose = close;
    // The first close has nothing to be compared with.
    if (this.#closes === 0) return;
    const period = this.#period;
    const change = close - this.#close;
    if (this.#closes > period) {
      this.#nextGain = wilderStep(period, this.#gain, gainOf(change));
      this.#nextLoss = wilderStep(period, this.#loss, lossOf(change));
      return;
    }
    const [gains, losses] = [this.#gain + gainOf(change), this.#loss + lossOf(change)];
    const isSeeded = this.#closes === period;
    this.#nextGain = isSeeded ? gains / period : gains;
    this.#nextLoss = isSeeded ? losses / period : losses;
  }

  value(): number {
    return this.#closes < this.#period ? Number.NaN : (strengthOf(this.#nextGain, this.#nextLoss) ?? Number.NaN);
  }

  keep(): void {
    this.#close = this.#nextClose;
    this.#gain = this.#nextGain;
    this.#loss = this.#nextLoss;
    if (this.#closes <= this.#period) this.#closes += 1;
  }

  copy(): RsiAccumulator {
    const copy = new RsiAccumulator(this.#period);
    copy.#closes = this.#closes;
    copy.#close = this.#close;
    copy.#gain = this.#gain;
    copy.#loss = this.#loss;
    copy.#nextClose = this.#nextClose;
    copy.#nextGain = this.#nextGain;
    copy.#nextLoss = this.#nextLoss;
    return copy;
  }
}
