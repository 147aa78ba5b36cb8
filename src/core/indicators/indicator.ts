/**
 * A streaming indicator at one moment.
 *
 * Immutable: `next` returns the moment after one more bar. The forming bar is previewed by reading
 * `now.next(ltp).value` and letting go of it; only a closed bar replaces `now`.
 *
 * `Input` is a close where closes suffice, or a whole bar.
 */
export interface Indicator<Value = number, Input = number> {
  /** Undefined until enough bars have closed, and wherever the formula has no answer. */
  readonly value: Value | undefined;
  next(input: Input): Indicator<Value, Input>;
}

/** What an indicator may look at in a bar. `volume` is undefined where the instrument has none. */
export interface Bar {
  /** Opening time, epoch ms; with the trading date it tells where a session begins. */
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | undefined;
}

/** Throws a RangeError unless `period` is a whole number of at least `least`. */
export function checkPeriod(name: string, period: number, least = 1): void {
  if (!Number.isInteger(period) || period < least)
    throw new RangeError(`${name} needs a whole number of bars, at least ${least}; it was given ${period}.`);
}
