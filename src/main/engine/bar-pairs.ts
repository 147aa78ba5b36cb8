import { type BarDifference, barsDiffer, valuesOf } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';

/** Minutes that only one side has told are forgotten after so many. */
const KEPT_MINUTES = 10;

export interface BarPairsParts {
  /** Id of the venue that is compared with. */
  readonly venue: string;
  now(): EpochMs;
  tickSizeOf(instrument: InstrumentKey): number;
  /** The two sides tell this minute differently. */
  onDifference(difference: BarDifference): void;
}

/** Brings together what two sources say of the same minutes, in whatever order they say it. */
export class BarPairs {
  readonly #parts: BarPairsParts;
  readonly #ours = new Map<InstrumentKey, Candle[]>();
  readonly #theirs = new Map<InstrumentKey, Candle[]>();
  #compared = 0;
  #differing = 0;

  constructor(parts: BarPairsParts) {
    this.#parts = parts;
  }

  /** Minutes that both told, and how many of them differ. */
  get counts(): { readonly compared: number; readonly differing: number } {
    return { compared: this.#compared, differing: this.#differing };
  }

  /** A closed minute of ours, whole. */
  ours(bar: Candle): void {
    this.#meet(bar, this.#ours, this.#theirs, (theirs) => this.#compare(bar, theirs));
  }

  /** A closed minute of theirs. */
  theirs(bar: Candle): void {
    this.#meet(bar, this.#theirs, this.#ours, (ours) => this.#compare(ours, bar));
  }

  #meet(
    bar: Candle,
    own: Map<InstrumentKey, Candle[]>,
    others: ReadonlyMap<InstrumentKey, Candle[]>,
    compare: (other: Candle) => void,
  ): void {
    const waiting = others.get(bar.instrument) ?? [];
    const place = waiting.findIndex(({ openTime }) => openTime === bar.openTime);
    const [other] = place < 0 ? [] : waiting.splice(place, 1);
    if (other !== undefined) {
      compare(other);
      return;
    }
    const mine = own.get(bar.instrument) ?? [];
    own.set(bar.instrument, [...mine.filter(({ openTime }) => openTime !== bar.openTime), bar].slice(-KEPT_MINUTES));
  }

  #compare(ours: Candle, theirs: Candle): void {
    const { venue, now, tickSizeOf, onDifference } = this.#parts;
    this.#compared += 1;
    const values = { ours: valuesOf(ours), theirs: valuesOf(theirs) };
    if (!barsDiffer(values.ours, values.theirs, tickSizeOf(ours.instrument))) return;
    this.#differing += 1;
    const { instrument, timeframe, openTime } = ours;
    onDifference({ instrument, timeframe, openTime, venue, at: now(), ...values });
  }
}
