import { atr } from './atr.ts';
import type { Bar, Indicator } from './indicator.ts';

/** The line, in the unit of the price, and the trend it follows: 1 is up (line below the price), -1 is down. */
export interface Supertrend {
  readonly line: number;
  readonly direction: 1 | -1;
}

/**
 * Supertrend (Olivier Seban): bands of `factor` average true ranges around the middle of each bar. A band moves
 * only towards the price, until a close beyond it turns the trend. The first value counts as down.
 * Throws a RangeError for a period below 1 or a factor that is not above 0.
 */
export function supertrend(period: number, factor: number): Indicator<Supertrend, Bar> {
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new RangeError(`Supertrend needs a factor above 0, like 3; it was given ${factor}.`);
  return new SupertrendOf(factor, atr(period), undefined);
}

/** Where the bands stand after a bar. */
interface Bands {
  readonly upper: number;
  readonly lower: number;
  readonly direction: 1 | -1;
  readonly close: number;
}

class SupertrendOf implements Indicator<Supertrend, Bar> {
  readonly #factor: number;
  readonly #atr: Indicator<number, Bar>;
  readonly #bands: Bands | undefined;

  constructor(factor: number, range: Indicator<number, Bar>, bands: Bands | undefined) {
    this.#factor = factor;
    this.#atr = range;
    this.#bands = bands;
  }

  get value(): Supertrend | undefined {
    if (this.#bands === undefined) return undefined;
    const { upper, lower, direction } = this.#bands;
    return { line: direction === 1 ? lower : upper, direction };
  }

  next(bar: Bar): Indicator<Supertrend, Bar> {
    const range = this.#atr.next(bar);
    const bands = range.value === undefined ? undefined : carried(this.#bands, bar, this.#factor * range.value);
    return new SupertrendOf(this.#factor, range, bands);
  }
}

function carried(before: Bands | undefined, { high, low, close }: Bar, reach: number): Bands {
  const middle = (high + low) / 2;
  const [upper, lower] = [middle + reach, middle - reach];
  if (before === undefined) return { upper, lower, direction: -1, close };
  const bands = {
    upper: before.close > before.upper ? upper : Math.min(upper, before.upper),
    lower: before.close < before.lower ? lower : Math.max(lower, before.lower),
    close,
  };
  if (before.direction === -1) return { ...bands, direction: close > bands.upper ? 1 : -1 };
  return { ...bands, direction: close < bands.lower ? -1 : 1 };
}
