import type { EpochMs } from '../../core/brand.ts';
import { SECOND_MS } from '../../core/brand.ts';
import type { Clock } from './ports.ts';

/**
 * How long after its end a bar waits for prints still on the way. Venues stamp in whole seconds and send a
 * second's trades within the next one.
 */
const GRACE_MS = 2_000;

/** A busy moment delays an alarm less than this. */
const LATE_MS = 5 * SECOND_MS;

/** The exchange's time becomes better known and clocks are set: an alarm further ahead would ring at the wrong time. */
const STEP_MS = SECOND_MS;

export interface SessionClockParts {
  /** The exchange's clock. */
  readonly clock: Clock;
  /** Ours, which alone tells that it leapt. */
  readonly ours: Pick<Clock, 'now'>;
  /** True where market time is played back: that clock never leaps, and one ring a market second would be the most of the work. */
  readonly isPlayed?: boolean;
  /** When the earliest forming bar ends. */
  nextClose(): EpochMs | undefined;
  /** Closes what ended at or before `time`. */
  seal(time: EpochMs): void;
  /** False while the exchange's time is not known, as after a leap of ours. */
  isSure(): boolean;
  /** Our time is not what it must be: the computer slept, or its clock was set. */
  onLeap(): void;
}

/** Closes bars by the exchange's clock, so that a quiet instrument's bar does not wait for its next trade. */
export class SessionClock {
  readonly #parts: SessionClockParts;
  /** End of the earliest forming bar. */
  #next: number = Number.POSITIVE_INFINITY;
  /** When, by our clock, the alarm should ring; undefined before the first bar. */
  #ringsAt: number | undefined;
  #delayMs = 0;
  #cancel = (): void => undefined;

  constructor(parts: SessionClockParts) {
    this.#parts = parts;
  }

  /** To be told of every bar that begins to form. */
  expect(closeTime: EpochMs): void {
    if (closeTime >= this.#next) return;
    this.#next = closeTime;
    this.#arm();
  }

  /** To be called with every word of the feed, before its time is used: on waking it may speak before any alarm rings. */
  look(): void {
    if (this.#ringsAt === undefined || this.#parts.isPlayed === true) return;
    const ahead = this.#ringsAt - this.#parts.ours.now();
    if (ahead >= -LATE_MS && ahead <= this.#delayMs + LATE_MS) return;
    this.#parts.onLeap();
    this.#arm();
  }

  stop(): void {
    this.#cancel();
    this.#next = Number.POSITIVE_INFINITY;
    this.#ringsAt = undefined;
  }

  /** Rings once a second, even while nothing forms, where a leap may be found by it. */
  #arm(leastMs = 0): void {
    const { clock, ours, isPlayed } = this.#parts;
    this.#cancel();
    const delayMs = Math.max(leastMs, this.#next + GRACE_MS - clock.now());
    if (isPlayed === true && delayMs === Number.POSITIVE_INFINITY) return;
    this.#delayMs = isPlayed === true ? delayMs : Math.min(delayMs, STEP_MS);
    this.#ringsAt = ours.now() + this.#delayMs;
    this.#cancel = clock.after(this.#delayMs, () => this.#ring());
  }

  #ring(): void {
    const { clock, nextClose, seal, isSure } = this.#parts;
    this.look();
    if (isSure() && clock.now() >= this.#next + GRACE_MS) {
      seal((clock.now() - GRACE_MS) as EpochMs);
      this.#next = nextClose() ?? Number.POSITIVE_INFINITY;
    }
    const isStuck = clock.now() >= this.#next + GRACE_MS;
    // Who heard of the leap may have ended the world.
    if (this.#ringsAt !== undefined) this.#arm(isStuck ? STEP_MS : 0);
  }
}
