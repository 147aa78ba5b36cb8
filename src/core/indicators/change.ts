import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/**
 * How much a series rose since `period` bars ago, in its own unit: TradingView's `ta.change` and `ta.mom`, TA-Lib's MOM.
 * First value at number `period + 1`. Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function change(period: number): Indicator {
  checkPeriod('Change', period);
  return since(period, (now, then) => now - then);
}

/**
 * Rate of change: how much a series rose since `period` bars ago, in percent of what it was then. Unknown where it was
 * 0 (TA-Lib says 0). Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function roc(period: number): Indicator {
  checkPeriod('ROC', period);
  return since(period, (now, then) => (then === 0 ? undefined : (100 * (now - then)) / then));
}

type Compare = (now: number, then: number) => number | undefined;

function since(period: number, compare: Compare): Indicator {
  return { value: undefined, next: (first) => new Since(period, compare, Window.of(period + 1, first)) };
}

class Since implements Indicator {
  readonly #period: number;
  readonly #compare: Compare;
  readonly #window: Window;

  constructor(period: number, compare: Compare, window: Window) {
    this.#period = period;
    this.#compare = compare;
    this.#window = window;
  }

  get value(): number | undefined {
    return this.#window.full ? this.#compare(this.#window.back(0), this.#window.back(this.#period)) : undefined;
  }

  next(input: number): Indicator {
    return new Since(this.#period, this.#compare, this.#window.next(input));
  }
}
