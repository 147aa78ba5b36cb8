import { checkPeriod, type Indicator } from './indicator.ts';
import { Window } from './window.ts';

/**
 * The highest of the last `period` numbers. First value at number `period`.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function highest(period: number): Indicator {
  checkPeriod('Highest', period);
  return extreme(period, (one, other) => one >= other);
}

/** The lowest of them, likewise. */
export function lowest(period: number): Indicator {
  checkPeriod('Lowest', period);
  return extreme(period, (one, other) => one <= other);
}

/** Whether the one number is at least as extreme as the other. */
type Beats = (one: number, other: number) => boolean;

function extreme(period: number, beats: Beats): Indicator {
  return { value: undefined, next: (first) => new Extreme(period, beats, Window.of(period, first), first, 0) };
}

/**
 * The record holder and its age in bars. A new number either takes the record at once or leaves it standing; the window
 * is searched only when the holder leaves it, so nothing is queued that a preview could spoil.
 */
class Extreme implements Indicator {
  readonly #period: number;
  readonly #beats: Beats;
  readonly #window: Window;
  readonly #record: number;
  readonly #age: number;

  constructor(period: number, beats: Beats, window: Window, record: number, age: number) {
    this.#period = period;
    this.#beats = beats;
    this.#window = window;
    this.#record = record;
    this.#age = age;
  }

  get value(): number | undefined {
    return this.#window.full ? this.#record : undefined;
  }

  next(input: number): Indicator {
    const window = this.#window.next(input);
    const age = this.#age + 1;
    if (this.#beats(input, this.#record)) return new Extreme(this.#period, this.#beats, window, input, 0);
    if (age < this.#period) return new Extreme(this.#period, this.#beats, window, this.#record, age);
    return this.#searched(window);
  }

  /** Newest first, so that of equals the one that stays longest holds the record. */
  #searched(window: Window): Indicator {
    let record = window.back(0);
    let age = 0;
    for (let places = 1; places < this.#period; places += 1) {
      const number = window.back(places);
      if (this.#beats(record, number)) continue;
      record = number;
      age = places;
    }
    return new Extreme(this.#period, this.#beats, window, record, age);
  }
}
