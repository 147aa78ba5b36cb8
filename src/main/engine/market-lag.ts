import { MINUTE_MS } from '../../core/brand.ts';

/** How far back the freshest stamp is looked for. */
const WINDOW_MS = MINUTE_MS;

/**
 * How far the exchange's stamps are behind our clock: the time on the way, and whatever the two clocks differ.
 *
 * The freshest tick of the last minute or two tells, for a tick may come late but never early. Bars are closed, and
 * gaps are measured, by the exchange's time, so a computer whose clock is minutes off still gets whole bars.
 */
export class MarketLag {
  #least: number | undefined;
  #leastBefore: number | undefined;
  #windowEnd = Number.NEGATIVE_INFINITY;
  #isBlind = false;

  /** Milliseconds; below zero where our clock is behind. 0 until the first tick. */
  get ms(): number {
    if (this.#least === undefined) return this.#leastBefore ?? 0;
    return Math.min(this.#least, this.#leastBefore ?? this.#least);
  }

  /** True from a leap of our clock to the next tick: nobody knows the exchange's time. */
  get isBlind(): boolean {
    return this.#isBlind;
  }

  /** A tick stamped `time` came at `now`. */
  observe(time: number, now: number): void {
    this.#isBlind = false;
    if (now >= this.#windowEnd) {
      this.#leastBefore = this.#least;
      this.#least = undefined;
      this.#windowEnd = now + WINDOW_MS;
    }
    this.#least = Math.min(this.#least ?? Number.POSITIVE_INFINITY, now - time);
  }

  /** Our clock leapt: what was measured before says nothing any more. */
  forget(): void {
    this.#isBlind = true;
    this.#least = undefined;
    this.#leastBefore = undefined;
    this.#windowEnd = Number.NEGATIVE_INFINITY;
  }
}
