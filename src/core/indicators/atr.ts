import type { Accumulator } from './accumulator.ts';
import type { Bar, Indicator } from './indicator.ts';
import { RmaAccumulator, rma } from './rma.ts';
import { trueRange } from './true-range.ts';

/**
 * Average true range, Wilder's average of the true ranges of all bars; the first bar's is its high less its low.
 * First value at bar `period`. Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function atr(period: number): Indicator<number, Bar> {
  return new Atr(undefined, rma(period));
}

/**
 * Average true range as TA-Lib has it: the first bar, which has no previous close, does not count, so the first
 * value comes a bar later than `atr`'s.
 */
export function atrTalib(period: number): Indicator<number, Bar> {
  const average = rma(period);
  return { value: undefined, next: ({ close }) => new Atr(close, average) };
}

class Atr implements Indicator<number, Bar> {
  readonly #previousClose: number | undefined;
  readonly #average: Indicator;

  constructor(previousClose: number | undefined, average: Indicator) {
    this.#previousClose = previousClose;
    this.#average = average;
  }

  get value(): number | undefined {
    return this.#average.value;
  }

  next(bar: Bar): Indicator<number, Bar> {
    return new Atr(bar.close, this.#average.next(trueRange(bar, this.#previousClose)));
  }
}

/** `atr`, kept in place. */
export class AtrAccumulator implements Accumulator {
  readonly #period: number;
  #average: RmaAccumulator;
  #previousClose: number | undefined;
  #next: number | undefined;

  constructor(period: number) {
    this.#period = period;
    this.#average = new RmaAccumulator(period);
  }

  look(_input: number, bar: Bar): void {
    this.#average.look(trueRange(bar, this.#previousClose));
    this.#next = bar.close;
  }

  value(): number {
    return this.#average.value();
  }

  keep(): void {
    this.#average.keep();
    this.#previousClose = this.#next;
  }

  copy(): AtrAccumulator {
    const copy = new AtrAccumulator(this.#period);
    copy.#average = this.#average.copy();
    copy.#previousClose = this.#previousClose;
    copy.#next = this.#next;
    return copy;
  }
}
