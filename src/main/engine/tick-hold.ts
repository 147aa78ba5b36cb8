import type { InstrumentKey } from '../../core/brand.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock } from './ports.ts';

/** A stall of the first is noticed within three seconds; what is older was surely told by it. */
const KEPT_MS = 10_000;
/** Of a whole exchange at its liveliest for as long; more would be a flood. */
const KEPT_TICKS = 100_000;

/** Keeps what the second of two feeds told while the first may have fallen silent, and knows what the first told last. */
export class TickHold {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #newest = new Map<InstrumentKey, number>();
  #held: Tick[] = [];
  #firstAt: number | undefined;
  /** When the second told something that the first has not followed with anything. */
  #secondSince: number | undefined;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  firstTold(ticks: readonly Tick[]): void {
    this.#firstAt = this.#clock.now();
    this.#secondSince = undefined;
    for (const { instrument, time } of ticks)
      if (time > (this.#newest.get(instrument) ?? Number.NEGATIVE_INFINITY)) this.#newest.set(instrument, time);
  }

  secondTold(ticks: readonly Tick[]): void {
    const now = this.#clock.now();
    this.#secondSince ??= now;
    this.#held.push(...ticks);
    const from = this.#held.findIndex(({ receivedAt }) => receivedAt >= now - KEPT_MS);
    if (from > 0 && this.#held.length > 1_000) this.#held.splice(0, from);
    if (this.#held.length > KEPT_TICKS) this.#held.splice(0, this.#held.length - KEPT_TICKS);
  }

  /** Whether the second has been telling for `ms` without a word of the first, that far from its last one too. */
  isFirstStalled(ms: number): boolean {
    const now = this.#clock.now();
    if (this.#secondSince === undefined || this.#held.length === 0) return false;
    return now - Math.max(this.#secondSince, this.#firstAt ?? 0) >= ms;
  }

  /** What the second told and the first did not, in order. It is held no longer. */
  release(): readonly Tick[] {
    const held = this.#held;
    this.#held = [];
    return held.filter(({ instrument, time }) => time > (this.#newest.get(instrument) ?? Number.NEGATIVE_INFINITY));
  }
}
