import type { Accumulator } from './accumulator.ts';
import { checkPeriod } from './indicator.ts';
import { RmaAccumulator } from './rma.ts';
import { gainOf, lossOf, strengthOf } from './rsi.ts';

/** `rsi`, kept in place: gains and losses are averages of Wilder's from the second close on. */
export class RsiAccumulator implements Accumulator {
  readonly #period: number;
  #gain: RmaAccumulator;
  #loss: RmaAccumulator;
  /** The close before; NaN before the first, which has nothing to be compared with. */
  #close = Number.NaN;
  #next = Number.NaN;

  constructor(period: number) {
    checkPeriod('RSI', period);
    this.#period = period;
    this.#gain = new RmaAccumulator(period);
    this.#loss = new RmaAccumulator(period);
  }

  look(close: number): void {
    this.#next = close;
    const change = close - this.#close;
    if (Number.isNaN(change)) return;
    this.#gain.look(gainOf(change));
    this.#loss.look(lossOf(change));
  }

  value(): number {
    if (Number.isNaN(this.#close)) return Number.NaN;
    return strengthOf(this.#gain.value(), this.#loss.value()) ?? Number.NaN;
  }

  keep(): void {
    if (!Number.isNaN(this.#close)) {
      this.#gain.keep();
      this.#loss.keep();
    }
    this.#close = this.#next;
  }

  copy(): RsiAccumulator {
    const copy = new RsiAccumulator(this.#period);
    copy.#gain = this.#gain.copy();
    copy.#loss = this.#loss.copy();
    copy.#close = this.#close;
    copy.#next = this.#next;
    return copy;
  }
}
