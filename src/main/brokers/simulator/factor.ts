import type { TradingDate } from '../../../core/brand.ts';
import { bridge } from './bridge.ts';
import { dayShape, minuteCount } from './day-shape.ts';
import { Random, type StreamKey, streamKey, subKey } from './random.ts';
import { Recent } from './recent.ts';
import type { TradingDays } from './trading-days.ts';
import { Walk, type WalkDay, type WalkKind } from './walk.ts';

const DAYS_KEPT = 64;

/** A day of something that moves prices. */
export interface FactorDay extends WalkDay {
  /** Its value at the end of each minute; empty on a day without a session. */
  readonly path: Float64Array;
}

/** What moves many prices together (the market, a sector), or one company's alone. */
export class Factor {
  readonly #key: StreamKey;
  readonly #days: TradingDays;
  readonly #walk: Walk;
  readonly #recent = new Recent<number, Float64Array>(DAYS_KEPT);

  constructor(key: StreamKey, kind: WalkKind, days: TradingDays) {
    this.#key = streamKey(key, 'path');
    this.#days = days;
    this.#walk = new Walk(key, kind, days);
  }

  /** Where it opens and closes that day, without the way between. On a day off it stays where it was. */
  walk(date: TradingDate): WalkDay {
    const number = this.#days.numberAtOrBefore(date);
    const day = this.#walk.day(number);
    if (this.#days.session(number)?.date === date) return day;
    return { open: day.close, close: day.close, deviation: 0 };
  }

  day(date: TradingDate): FactorDay {
    const number = this.#days.numberOf(date);
    const walk = this.walk(date);
    if (number === undefined) return { ...walk, path: NO_PATH };
    return { ...walk, path: this.#recent.get(number, () => this.#path(number, walk)) };
  }

  #path(number: number, { open, close, deviation }: WalkDay): Float64Array {
    const session = this.#days.session(number);
    if (session === undefined) return NO_PATH;
    const { variance } = dayShape(minuteCount(session));
    return bridge(new Random(subKey(this.#key, number)), open, close, deviation, variance);
  }
}

const NO_PATH = new Float64Array(0);

/** The path's value at the end of minute `minute` of `minutes`, for sessions that may be of another length. */
export function pathAt({ path, open, close }: FactorDay, minute: number, minutes: number): number {
  if (path.length === minutes) return path[minute] ?? close;
  const at = Math.floor(((minute + 1) * path.length) / minutes) - 1;
  return at < 0 ? open : (path[at] ?? close);
}
