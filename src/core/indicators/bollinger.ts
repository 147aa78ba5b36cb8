import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/** Bollinger bands, in the unit of the price. */
export interface Bands {
  readonly upper: number;
  readonly mid: number;
  readonly lower: number;
}

/**
 * Bollinger bands: the simple mean of the last `period` closes, and `deviations` population standard deviations
 * above and below it. Throws a RangeError for a period below 1 or a negative number of deviations.
 */
export function bollinger(period: number, deviations: number): Indicator<Bands> {
  checkPeriod('Bollinger bands', period);
  if (!(deviations >= 0 && Number.isFinite(deviations)))
    throw new RangeError(`Bollinger bands need a number of deviations of at least 0; it was given ${deviations}.`);
  return { value: undefined, next: (close) => new Bollinger(deviations, Window.of(period, close)) };
}

class Bollinger implements Indicator<Bands> {
  readonly #deviations: number;
  readonly #window: Window;

  constructor(deviations: number, window: Window) {
    this.#deviations = deviations;
    this.#window = window;
  }

  get value(): Bands | undefined {
    if (!this.#window.full) return undefined;
    const mid = this.#window.mean();
    const reach = this.#deviations * Math.sqrt(this.#window.variance(mid));
    return { upper: mid + reach, mid, lower: mid - reach };
  }

  next(close: number): Indicator<Bands> {
    return new Bollinger(this.#deviations, this.#window.next(close));
  }
}
