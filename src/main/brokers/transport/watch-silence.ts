import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { GuardedLink } from './guarded-link.ts';
import type { Patience } from './patience.ts';

/** How often the silence is measured. */
const LOOK_MS = SECOND_MS;
/** A look that comes later than this was held up, by a sleep or a busy machine. */
const LATE_MS = 3 * SECOND_MS;
/** What may have come meanwhile gets this long to be read. */
const GRACE_MS = 2 * SECOND_MS;

export interface SilenceParts {
  readonly link: GuardedLink;
  readonly clock: Clock;
  readonly patience: Patience;
  /** Data has been due since then, and none came: what is shown is old. */
  stale(since: EpochMs): void;
  /** No data is due: what is shown is as new as it gets. */
  rested(): void;
  dead(reason: string): void;
}

/** Measures how long a connection has been silent, data and heartbeats apart. */
export class SilenceWatch {
  readonly #parts: SilenceParts;
  #heardAt: EpochMs;
  /** Since when data has been due: its newest arrival, or the newest moment when none was to be expected. */
  #dueSince: EpochMs;
  #lookedAt: EpochMs;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: SilenceParts) {
    this.#parts = parts;
    this.#heardAt = this.#dueSince = this.#lookedAt = parts.clock.now();
  }

  /** Counts from now on. */
  start(): void {
    this.#heardAt = this.#dueSince = this.#lookedAt = this.#parts.clock.now();
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.clock.after(LOOK_MS, () => this.#look());
  }

  end(): void {
    this.#cancelTimer?.();
  }

  /** Something came, now. */
  heard(now: EpochMs): void {
    this.#heardAt = now;
  }

  /** It brought data. */
  data(now: EpochMs): void {
    this.#dueSince = now;
  }

  /** Whether anything was heard, or it all began, within the last `ms`. */
  spokeWithin(ms: number): boolean {
    const agoMs = this.#parts.clock.now() - this.#heardAt;
    return agoMs >= 0 && agoMs <= ms;
  }

  #look(): void {
    const { link, clock, patience } = this.#parts;
    const now = clock.now();
    this.#allowForTheClock(now);
    const isDue = link.isDataDue(now);
    if (!isDue) this.#dueSince = now;
    const quietMs = now - this.#dueSince;
    if (now - this.#heardAt >= patience.silenceMs) {
      this.#parts.dead(`Nothing was heard for ${seconds(patience.silenceMs)}.`);
      return;
    }
    if (quietMs >= patience.dataMs) {
      this.#parts.dead(`No price came for ${seconds(patience.dataMs)} in market hours.`);
      return;
    }
    if (quietMs >= patience.staleMs) this.#parts.stale(this.#dueSince);
    if (!isDue) this.#parts.rested();
    this.#cancelTimer = clock.after(LOOK_MS, () => this.#look());
  }

  /** The clock may be set back, and may leap while the computer sleeps. */
  #allowForTheClock(now: EpochMs): void {
    const { silenceMs, dataMs } = this.#parts.patience;
    const isLate = now - this.#lookedAt > LATE_MS;
    const least = (ms: number): number => (isLate ? now - Math.max(0, ms - GRACE_MS) : Number.NEGATIVE_INFINITY);
    this.#heardAt = Math.min(now, Math.max(this.#heardAt, least(silenceMs))) as EpochMs;
    this.#dueSince = Math.min(now, Math.max(this.#dueSince, least(dataMs))) as EpochMs;
    this.#lookedAt = now;
  }
}

function seconds(ms: number): string {
  return `${ms / SECOND_MS} seconds`;
}
