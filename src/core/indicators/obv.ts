import type { Bar, Indicator } from './indicator.ts';

/**
 * On-balance volume (Joseph Granville, "New Key to Stock Market Profits", 1963): the volume of every bar that closed
 * higher, less that of every bar that closed lower, as TradingView counts it: from the second bar on.
 *
 * Its level depends on where the data began, for ever; only how it changes means anything. Unknown while nothing was
 * traded, so always for an instrument without volume, and on a bar whose volume is unknown, which counts as nothing.
 */
export function obv(): Indicator<number, Bar> {
  return { value: undefined, next: (bar) => new Obv(bar.close, undefined, 0, (bar.volume ?? 0) > 0) };
}

/** On-balance volume as TA-Lib counts it: the volume of the first bar, too, whichever way that went. */
export function obvTalib(): Indicator<number, Bar> {
  return { value: undefined, next: (bar) => new Obv(bar.close, bar.volume, bar.volume ?? 0, (bar.volume ?? 0) > 0) };
}

class Obv implements Indicator<number, Bar> {
  readonly #close: number;
  /** Of this bar; undefined also where the bar does not count yet. */
  readonly #volume: number | undefined;
  readonly #balance: number;
  readonly #traded: boolean;

  constructor(close: number, volume: number | undefined, balance: number, traded: boolean) {
    this.#close = close;
    this.#volume = volume;
    this.#balance = balance;
    this.#traded = traded;
  }

  get value(): number | undefined {
    return this.#traded && this.#volume !== undefined ? this.#balance : undefined;
  }

  next({ close, volume }: Bar): Indicator<number, Bar> {
    const step = Math.sign(close - this.#close) * (volume ?? 0);
    return new Obv(close, volume, this.#balance + step, this.#traded || (volume ?? 0) > 0);
  }
}
