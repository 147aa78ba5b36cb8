import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import type { Clock } from '../engine/ports.ts';

/** The market may lag this much of our time behind its pace; beyond (the machine slept, or is too slow) it is late for good. */
const LONGEST_LAG_MS = SECOND_MS;
/** A timer is never due at once, so that one which renews itself cannot stop the market. */
const SHORTEST_DELAY_MS = 1;

interface Timer {
  readonly due: EpochMs;
  readonly callback: () => void;
}

/**
 * Market time that is driven, not measured: it stands wherever it was last advanced to, and its timers fire
 * in order while it is advanced through them. How far it should be by now follows from the wall clock and the
 * speed (`due`); who plays the market moves it there (`play` in play.ts).
 */
export class PacedClock implements Clock {
  readonly #wall: Clock;
  #now: EpochMs;
  /** Market ms a ms of ours lasts; Infinity is as fast as it goes. */
  #speed: number;
  /** The market time, with fractions, that was due at `#checkedAt` of the wall clock. */
  #due: number;
  #checkedAt: EpochMs;
  /** By due time; of equal ones the older first. */
  readonly #timers: Timer[] = [];

  constructor(wall: Clock, start: EpochMs, speed: number) {
    this.#wall = wall;
    this.#now = start;
    this.#due = start;
    this.#checkedAt = wall.now();
    this.#speed = checkedSpeed(speed);
  }

  now(): EpochMs {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { due: (this.#now + Math.max(delayMs, SHORTEST_DELAY_MS)) as EpochMs, callback };
    const later = this.#timers.findIndex(({ due }) => due > timer.due);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  }

  /** Takes effect at once, without a jump. 0 and Infinity are as fast as it goes; below that a RangeError. */
  setSpeed(speed: number): void {
    const next = checkedSpeed(speed);
    this.due();
    if (!Number.isFinite(this.#due)) this.catchUp();
    this.#speed = next;
  }

  /** The market time that should have been reached by now; Infinity when it is as fast as it goes. */
  due(): number {
    const wallNow = this.#wall.now();
    const elapsed = Math.max(wallNow - this.#checkedAt, 0);
    this.#checkedAt = wallNow;
    this.#due = Number.isFinite(this.#speed)
      ? Math.min(this.#due + elapsed * this.#speed, this.#now + LONGEST_LAG_MS * this.#speed)
      : Number.POSITIVE_INFINITY;
    return Math.floor(this.#due);
  }

  /** From here on the pace counts: nothing is due beyond the present. */
  catchUp(): void {
    this.#due = this.#now;
    this.#checkedAt = this.#wall.now();
  }

  /** Moves on to `time`, firing every timer on the way at its own time. Never moves back. */
  advanceTo(time: EpochMs): void {
    for (let timer = this.#timers[0]; timer !== undefined && timer.due <= time; timer = this.#timers[0]) {
      this.#timers.shift();
      if (timer.due > this.#now) this.#now = timer.due;
      timer.callback();
    }
    if (time > this.#now) this.#now = time;
  }

  /**
   * Leaps to `time`, as when a computer wakes: timers due on the way fire once each, late, in order. So a night
   * costs a handful of callbacks and not one for every beat of every timer.
   */
  skipTo(time: EpochMs): void {
    if (time <= this.#now) return;
    this.#now = time;
    this.advanceTo(time);
    this.catchUp();
  }
}

function checkedSpeed(speed: number): number {
  if (!(speed >= 0)) throw new RangeError(`A market cannot run at speed ${speed}; 0 is as fast as it goes.`);
  return speed === 0 ? Number.POSITIVE_INFINITY : speed;
}
