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

/** How soon it is looked again whether the exchange's time is known. */
const LOOK_AGAIN_MS = SECOND_MS;

export interface SessionClockParts {
  /** The exchange's clock. */
  readonly clock: Clock;
  /** When the earliest forming bar ends. */
  nextClose(): EpochMs | undefined;
  /** Closes what ended at or before `time`. */
  seal(time: EpochMs): void;
  /** False while the exchange's time is not known, as after a leap of ours. */
  isSure?(): boolean;
  /** An alarm rang much later than set: the computer slept, or its clock was put forward. */
  onLate?(): void;
}

/** Closes bars by the exchange's clock, so that a quiet instrument's bar does not wait for its next trade. */
export class SessionClock {
  readonly #parts: SessionClockParts;
  #armedFor: number = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(parts: SessionClockParts) {
    this.#parts = parts;
  }

  /** To be told of every bar that begins to form. */
  expect(closeTime: EpochMs): void {
    if (closeTime >= this.#armedFor) return;
    this.stop();
    const { clock } = this.#parts;
    this.#armedFor = closeTime;
    this.#cancel = clock.after(Math.max(0, closeTime + GRACE_MS - clock.now()), () => this.#strike());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #strike(): void {
    const { clock, nextClose, seal, isSure, onLate } = this.#parts;
    if (clock.now() - this.#armedFor - GRACE_MS > LATE_MS) onLate?.();
    if (isSure?.() === false) {
      this.#cancel = clock.after(LOOK_AGAIN_MS, () => this.#strike());
      return;
    }
    this.stop();
    seal((clock.now() - GRACE_MS) as EpochMs);
    const next = nextClose();
    if (next !== undefined) this.expect(next);
  }
}
