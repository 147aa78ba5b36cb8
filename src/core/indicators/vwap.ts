import type { Bar, Indicator } from './indicator.ts';

/** The trading day an instant belongs to, as any text that differs from day to day. */
export type DayOf = (openTime: number) => string;

/**
 * Volume-weighted average price since the day began: the mean of high, low and close of each bar, weighted by its
 * volume. Starts afresh on each day that `dayOf` tells. Unknown while nothing traded that day, so always unknown
 * for an instrument without volume. A bar whose volume is unknown does not count.
 */
export function vwap(dayOf: DayOf): Indicator<number, Bar> {
  return new Vwap(dayOf, undefined, 0, 0);
}

class Vwap implements Indicator<number, Bar> {
  readonly #dayOf: DayOf;
  readonly #day: string | undefined;
  readonly #turnover: number;
  readonly #volume: number;

  constructor(dayOf: DayOf, day: string | undefined, turnover: number, volume: number) {
    this.#dayOf = dayOf;
    this.#day = day;
    this.#turnover = turnover;
    this.#volume = volume;
  }

  get value(): number | undefined {
    return this.#volume > 0 ? this.#turnover / this.#volume : undefined;
  }

  next({ openTime, high, low, close, volume = 0 }: Bar): Indicator<number, Bar> {
    const day = this.#dayOf(openTime);
    const turnover = ((high + low + close) / 3) * volume;
    return day === this.#day
      ? new Vwap(this.#dayOf, day, this.#turnover + turnover, this.#volume + volume)
      : new Vwap(this.#dayOf, day, turnover, volume);
  }
}
