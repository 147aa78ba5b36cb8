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
    const [log, end] = this.#settled();
    log.push(this.#last);
    return new Window(this.#period, log, end + 1, input);
  }

  /** Of the numbers held: `period` of them, or fewer while the window fills. */
  mean(): number {
    return this.#sum((number) => number) / this.#count;
  }

  /** Mean of the squared deviations from the mean: the population's variance, not a sample's. */
  variance(): number {
    const mean = this.mean();
    return this.#sum((number) => (number - mean) * (number - mean)) / this.#count;
  }

  get #count(): number {
    return Math.min(this.#end + 1, this.#period);
  }

  /** Added up afresh, oldest first: a running sum would drift, and would depend on where the data began. */
  #sum(term: (number: number) => number): number {
    let sum = 0;
    for (let index = this.#end + 1 - this.#count; index < this.#end; index += 1)
      sum += term(this.#log[index] as number);
    return sum + term(this.#last);
  }

  /** A log that ends where this window's does: the shared one, unless another continuation took it or it is long. */
  #settled(): readonly [log: number[], end: number] {
    const free = this.#log.length === this.#end;
    const long = this.#end > 4 * this.#period + 64;
    if (free && !long) return [this.#log, this.#end];
    const log = this.#log.slice(Math.max(0, this.#end - this.#period), this.#end);
    return [log, log.length];
  }
}
