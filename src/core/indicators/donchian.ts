import { highest, lowest } from './extremes.ts';
import type { Bar, Indicator } from './indicator.ts';

/** In the unit of the price. */
export interface Channel {
  readonly upper: number;
  readonly lower: number;
  /** Halfway between the two. */
  readonly mid: number;
}

/**
 * Donchian channel (Richard Donchian): the highest high and the lowest low of the last `period` bars, this one included,
 * so a close can reach the channel but not leave it. First value at bar `period`.
 * Throws a RangeError for a period that is not a whole number of at least 1.
 */
export function donchian(period: number): Indicator<Channel, Bar> {
  return new Donchian(highest(period), lowest(period));
}

class Donchian implements Indicator<Channel, Bar> {
  readonly #highest: Indicator;
  readonly #lowest: Indicator;

  constructor(high: Indicator, low: Indicator) {
    this.#highest = high;
    this.#lowest = low;
  }

  get value(): Channel | undefined {
    const [upper, lower] = [this.#highest.value, this.#lowest.value];
    if (upper === undefined || lower === undefined) return undefined;
    return { upper, lower, mid: (upper + lower) / 2 };
  }

  next({ high, low }: Bar): Indicator<Channel, Bar> {
    return new Donchian(this.#highest.next(high), this.#lowest.next(low));
  }
}
