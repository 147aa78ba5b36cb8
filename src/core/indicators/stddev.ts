import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/**
 * Standard deviation of the last `period` numbers, the population's (divided by n), as TradingView's `ta.stdev` and
 * TA-Lib's STDDEV have it. Summed about the mean, where both of those subtract two large sums of squares and lose
 * digits. Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function stddev(period: number): Indicator {
  checkPeriod('Standard deviation', period);
  return { value: undefined, next: (first) => new Stddev(Window.of(period, first)) };
}

class Stddev implements Indicator {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get value(): number | undefined {
    return this.#window.full ? Math.sqrt(this.#window.variance()) : undefined;
  }

  next(input: number): Indicator {
    return new Stddev(this.#window.next(input));
  }
}
