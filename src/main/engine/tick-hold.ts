import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock } from './ports.ts';

/** A stall of the first is noticed within three seconds; what is older was surely told by it. */
const KEPT_MS = 10_000;
/** Of a whole exchange at its liveliest for as long; more would be a flood. */
const KEPT_TICKS = 100_000;

/** So long after the second the first may tell the same. */
const GRACE_MS = 1_500;

/** Keeps what the second of two feeds told while the first may have fallen silent, and knows what the first told last. */
export class TickHold {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #newest = new Map<InstrumentKey, number>();
  #held: Tick[] = [];
  #firstAt: EpochMs | undefined;
  /** When the second told something new that the first has not followed with anything. */
  #secondSince: number | undefined;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** When the first told last; undefined while it has told nothing. */
  get firstAt(): EpochMs | undefined {
    return this.#firstAt;
  }

  firstTold(ticks: readonly Tick[]): void {
    this.#firstAt = this.#clock.now();
    this.#secondSince = undefined;
    for (const { instrument, time } of ticks)
      if (time > (this.#newest.get(instrument) ?? Number.NEGATIVE_INFINITY)) this.#newest.set(instrument, time);
  }

  secondTold(ticks: readonly Tick[]): void {
    const now = this.#clock.now();
    // What the first has told already, and the second later, says nothing of the first.
    const ahead = ticks.filter((tick) => this.#isNew(tick));
    if (ahead.length === 0) return;
    this.#secondSince ??= now;
    for (const tick of ahead) this.#held.push(tick);
    const from = this.#held.findIndex(({ receivedAt }) => receivedAt >= now - KEPT_MS);
    if (from > 0 && this.#held.length > 1_000) this.#held.splice(0, from);
    if (this.#held.length > KEPT_TICKS) this.#held.splice(0, this.#held.length - KEPT_TICKS);
  }

  /** Whether the first told nothing for `ms`, while the second told something new that it could have told as well. */
  isFirstStalled(ms: number): boolean {
    const now = this.#clock.now();
    if (this.#secondSince === undefined || this.#held.length === 0) return false;
    return now - this.#secondSince >= Math.min(ms, GRACE_MS) && now - (this.#firstAt ?? this.#secondSince) >= ms;
  }

  /** What the second told and the first did not, in order. It is held no longer. */
  release(): readonly Tick[] {
    const held = this.#held;
    this.#held = [];
    const from = this.#clock.now() - KEPT_MS;
    return held.filter((tick) => tick.receivedAt >= from && this.#isNew(tick));
  }

  #isNew({ instrument, time }: Tick): boolean {
    return time > (this.#newest.get(instrument) ?? Number.NEGATIVE_INFINITY);
  }
}
