import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/**
 * Simple moving average: the mean of the last `period` closes.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function sma(period: number): Indicator {
  checkPeriod('SMA', period);
  return { value: undefined, next: (close) => new Sma(Window.of(period, close)) };
}

class Sma implements Indicator {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get value(): number | undefined {
    return this.#window.full ? this.#window.mean() : undefined;
  }

  next(close: number): Indicator {
    return new Sma(this.#window.next(close));
  }
}
