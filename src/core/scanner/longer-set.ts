import type { EpochMs } from '../brand.ts';
import type { Candle } from '../candle.ts';
import type { Timeframe } from '../timeframe.ts';
import type { BarMoment } from './day-clock.ts';
import type { LongerStart } from './lane-context.ts';
import { type LongerBars, type LongerParts, longerBars } from './longer-bars.ts';
import type { Frame, FramePlan } from './node-frame.ts';

/** The longer timeframes of a lane, which go along with its own bars. */
export class LongerSet {
  readonly #all: readonly LongerBars[];
  readonly #parts: LongerParts;
  readonly frames: ReadonlyMap<Timeframe, Frame>;
  /** What copies asked of history since the last closed bar: a forming bar is looked at many times. */
  readonly #asked = new Map<string, readonly Candle[]>();

  private constructor(all: readonly LongerBars[], parts: LongerParts) {
    this.#all = all;
    this.#parts = parts;
    this.frames = new Map(all.map((longer) => [longer.timeframe, longer.frame]));
  }

  static of(plans: readonly FramePlan[], parts: LongerParts): LongerSet {
    return new LongerSet(
      plans.map((plan) => longerBars(plan, parts)),
      parts,
    );
  }

  advance(bar: Candle, moment: BarMoment, isNewDate: boolean): void {
    if (this.#asked.size > 0) this.#asked.clear();
    for (const longer of this.#all) longer.advance(bar, moment, isNewDate);
  }

  /** One that goes its own way, for a bar that is only looked at. */
  copy(): LongerSet {
    if (this.#all.length === 0) return this;
    const { context } = this.#parts;
    const { calendar, instrument } = context;
    const longer = (timeframe: Timeframe, from: EpochMs, until: EpochMs): readonly Candle[] => {
      const key = `${timeframe} ${from} ${until}`;
      const bars = this.#asked.get(key) ?? context.longer(timeframe, from, until);
      this.#asked.set(key, bars);
      return bars;
    };
    const longerFrom = (timeframe: Timeframe): EpochMs | undefined => context.longerFrom?.(timeframe);
    const parts = { ...this.#parts, context: { calendar, instrument, longer, longerFrom } };
    return new LongerSet(
      this.#all.map((each) => each.copy(parts)),
      parts,
    );
  }

  /** Where each began that has had a bar, the shortest timeframe first. */
  starts(): readonly LongerStart[] {
    return this.#all.flatMap(({ start }) => start ?? []);
  }

  /** The newest closed bar of each, the shortest timeframe first. */
  newest(): readonly Candle[] {
    return this.#all.flatMap(({ frame }) => frame.bar ?? []);
  }
}
