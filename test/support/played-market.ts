import { setImmediate as turn } from 'node:timers/promises';
import { type EpochMs, SECOND_MS } from '../../src/core/brand.ts';
import type { KiteVenue } from '../fakes/kite-venue.ts';
import type { TapeMoment } from './market-tape.ts';
import type { UneasyClock } from './uneasy-clock.ts';

/** Shorter than any patience of ours; short enough for what a venue counts by the second. */
const STEP_MS = SECOND_MS;
const HEARTBEAT = Uint8Array.of(0);
/** Turns of the event loop that a request and its answer take between two sockets of one process, and some more. */
const TURNS = 8;

/** Plays tapes at a fake venue, second by second of a clock that leaps as those of computers do. */
export class PlayedMarket {
  readonly clock: UneasyClock;
  readonly #venue: KiteVenue;
  #tape: readonly TapeMoment[] = [];
  /** A step that is done after each second of the clock. */
  onStep: () => void = () => undefined;

  constructor(clock: UneasyClock, venue: KiteVenue) {
    this.clock = clock;
    this.#venue = venue;
  }

  /** What will be traded; what has been is past. */
  lay(tape: readonly TapeMoment[]): void {
    this.#tape = tape;
  }

  /** Time passes until `time`: trades are told, and heartbeats between them. */
  async to(time: EpochMs): Promise<void> {
    while (this.clock.now() < time) await this.#step(time);
  }

  /** Time passes until something holds. Throws when it does not within `mostMs`. */
  async until(what: string, holds: () => boolean | Promise<boolean>, mostMs = 90 * SECOND_MS): Promise<void> {
    const end = (this.clock.now() + mostMs) as EpochMs;
    while (!(await holds())) {
      if (this.clock.now() >= end) throw new Error(`Not within ${mostMs / SECOND_MS} seconds: ${what}.`);
      await this.#step(end);
    }
  }

  /** The computer sleeps until `time`, while the market goes on; then it is awake for a moment. */
  async sleep(time: EpochMs): Promise<void> {
    this.clock.sleep(time - this.clock.now());
    // Whoever sleeps answers nothing, and is dropped.
    this.#venue.kill();
    for (const { ticks } of this.#takeUntil(time)) await this.#venue.tick(...ticks);
    await this.#turns();
  }

  async #step(end: EpochMs): Promise<void> {
    const next = Math.min(end, this.clock.now() + STEP_MS, this.#tape[0]?.time ?? end) as EpochMs;
    this.clock.advance(next - this.clock.now());
    const due = this.#takeUntil(next);
    for (const { ticks } of due) await this.#venue.tick(...ticks);
    if (due.length === 0) await this.#venue.send(HEARTBEAT);
    await this.#turns();
    this.onStep();
  }

  #takeUntil(time: EpochMs): readonly TapeMoment[] {
    const later = this.#tape.findIndex((moment) => moment.time > time);
    const count = later === -1 ? this.#tape.length : later;
    const due = this.#tape.slice(0, count);
    this.#tape = this.#tape.slice(count);
    return due;
  }

  async #turns(): Promise<void> {
    for (let count = 0; count < TURNS; count += 1) await turn();
  }
}
