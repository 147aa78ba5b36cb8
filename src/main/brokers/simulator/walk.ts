import { dayShape, minuteCount } from './day-shape.ts';
import { Random, type StreamKey, subKey } from './random.ts';
import type { TradingDays } from './trading-days.ts';

export interface WalkKind {
  /** Deviation of an ordinary session's move, and of the gap before it; natural logarithms of a price ratio. */
  readonly session: number;
  readonly gap: number;
}

/** Where a walk stands on one day, as the logarithm of the ratio to the anchor's level. */
export interface WalkDay {
  readonly open: number;
  readonly close: number;
  /** Deviation of this session's move: some days are more nervous than others. */
  readonly deviation: number;
}

const AT_ANCHOR: WalkDay = { open: 0, close: 0, deviation: 0 };
/** Every day takes back this share of the way from the anchor's level, so that decades later prices are still prices. */
const PULL = 0.015;
/** A nervous week stays nervous: what is left of the mood next day, and what the mood does to a deviation. */
const MOOD_KEPT = 0.94;
const MOOD_NEW = Math.sqrt(1 - MOOD_KEPT * MOOD_KEPT);
const MOOD_EFFECT = 0.3;

/** A walk from day to day since the anchor. A day follows from the key and the days before it alone. */
export class Walk {
  readonly #key: StreamKey;
  readonly #kind: WalkKind;
  readonly #days: TradingDays;
  readonly #known: WalkDay[] = [];
  #mood = 0;

  constructor(key: StreamKey, kind: WalkKind, days: TradingDays) {
    this.#key = key;
    this.#kind = kind;
    this.#days = days;
  }

  /** The walk on the session of that number (`TradingDays`); before the first it stands at the anchor. */
  day(number: number): WalkDay {
    while (this.#known.length <= number) this.#known.push(this.#next(this.#known.length));
    return this.#known[number] ?? AT_ANCHOR;
  }

  #next(number: number): WalkDay {
    const random = new Random(subKey(this.#key, number));
    const session = this.#days.session(number);
    const share = session === undefined ? 1 : dayShape(minuteCount(session)).share;
    this.#mood = MOOD_KEPT * this.#mood + MOOD_NEW * random.bell();
    const nerves = Math.exp(MOOD_EFFECT * this.#mood);
    const deviation = this.#kind.session * nerves * Math.sqrt(share);
    const before = this.#known[number - 1] ?? AT_ANCHOR;
    const open = before.close + this.#kind.gap * nerves * random.bell();
    return { open, close: open + deviation * random.bell() - PULL * before.close, deviation };
  }
}
