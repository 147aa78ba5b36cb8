import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/**
 * Sum of the last `period` numbers, added up afresh on each bar like the averages.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function sum(period: number): Indicator {
  checkPeriod('Sum', period);
  return { value: undefined, next: (first) => new Sum(Window.of(period, first)) };
}

class Sum implements Indicator {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get value(): number | undefined {
    return this.#window.full ? this.#window.sum() : undefined;
  }

  next(input: number): Indicator {
    return new Sum(this.#window.next(input));
  }
}
