import type { EpochMs } from '../../core/brand.ts';
import type { Clock } from './ports.ts';

/**
 * How long after its end a bar waits for prints still on the way. Venues stamp in whole seconds and send a
 * second's trades within the next one.
 */
const GRACE_MS = 2_000;

/** Closes bars by the exchange's clock, so that a quiet instrument's bar does not wait for its next trade. */
export class SessionClock {
  readonly #clock: Clock;
  readonly #nextClose: () => EpochMs | undefined;
  readonly #seal: (time: EpochMs) => void;
  #armedFor: number = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;

  /** `nextClose` tells when the earliest forming bar ends; `seal` closes what ended at or before a time. */
  constructor(clock: Clock, nextClose: () => EpochMs | undefined, seal: (time: EpochMs) => void) {
    this.#clock = clock;
    this.#nextClose = nextClose;
    this.#seal = seal;
  }

  /** To be told of every bar that begins to form. */
  expect(closeTime: EpochMs): void {
    if (closeTime >= this.#armedFor) return;
    this.stop();
    this.#armedFor = closeTime;
    this.#cancel = this.#clock.after(Math.max(0, closeTime + GRACE_MS - this.#clock.now()), () => this.#strike());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #strike(): void {
    this.stop();
    this.#seal((this.#clock.now() - GRACE_MS) as EpochMs);
    const next = this.#nextClose();
    if (next !== undefined) this.expect(next);
  }
}
