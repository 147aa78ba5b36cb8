/**
 * The last `period` numbers, immutable to whoever holds one.
 *
 * Windows that follow each other share one log. A number enters it only when the window that ends with it is
 * continued, so previews of a forming bar write nothing and copy nothing.
 */
export class Window {
  readonly #period: number;
  /** Shared; everything before `#end` is ours and is never changed. */
  readonly #log: number[];
  readonly #end: number;
  readonly #last: number;

  private constructor(period: number, log: number[], end: number, last: number) {
    this.#period = period;
    this.#log = log;
    this.#end = end;
    this.#last = last;
  }

  static of(period: number, first: number): Window {
    return new Window(period, [], 0, first);
  }

  get full(): boolean {
    return this.#end + 1 >= this.#period;
  }

  next(input: number): Window {
    const [log, end] = [this.#log, this.#end];
    // The shared log, unless another continuation took it or it is long.
    if (log.length === end && end <= 4 * this.#period + 64) {
      log.push(this.#last);
      return new Window(this.#period, log, end + 1, input);
    }
    const own = log.slice(Math.max(0, end - this.#period), end);
    own.push(this.#last);
    return new Window(this.#period, own, own.length, input);
  }

  /** How many it holds: `period`, or fewer while it fills. */
  get count(): number {
    return Math.min(this.#end + 1, this.#period);
  }

  /** The number so many before the newest: 0 is the newest, `count - 1` the oldest. */
  back(places: number): number {
    // Whatever lies before `#end`, and within the period, is in the log.
    return places === 0 ? this.#last : (this.#log[this.#end - places] as number);
  }

  /** Added up afresh, oldest first: a running sum would drift, and would depend on where the data began. */
  sum(): number {
    const [log, end] = [this.#log, this.#end];
    let sum = 0;
    for (let index = end + 1 - this.count; index < end; index += 1) sum += log[index] as number;
    return sum + this.#last;
  }

  mean(): number {
    return this.sum() / this.count;
  }

  /** Mean of the squared deviations from `mean`: the population's variance, not a sample's. */
  variance(mean = this.mean()): number {
    const [log, end] = [this.#log, this.#end];
    let squares = 0;
    for (let index = end + 1 - this.count; index < end; index += 1) squares += square((log[index] as number) - mean);
    return (squares + square(this.#last - mean)) / this.count;
  }
}

function square(number: number): number {
  return number * number;
}
