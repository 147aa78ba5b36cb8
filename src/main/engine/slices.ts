import { pause } from './pause.ts';
import type { Clock } from './ports.ts';

/** Work in one piece keeps ticks and screens waiting for about as long as this. */
const SLICE_MS = 20;

/** Runs pieces of work one after another, and lets everything else have its turn between them. */
export class Slices {
  readonly #wall: Clock;
  readonly #stop: AbortSignal;
  #waiting = 0;
  #begunAt = 0;
  #last: Promise<void> = Promise.resolve();

  /** What has not begun when `stop` aborts is left undone. */
  constructor(wall: Clock, stop: AbortSignal) {
    this.#wall = wall;
    this.#stop = stop;
  }

  /** Resolves when the piece is done; rejects with what it throws. */
  run(piece: () => void): Promise<void> {
    const done = this.#last.then(() => this.#turn(piece));
    this.#last = done.catch(() => undefined);
    if (this.#waiting === 0) this.#begunAt = this.#wall.now();
    this.#waiting += 1;
    return done;
  }

  async #turn(piece: () => void): Promise<void> {
    try {
      if (this.#wall.now() - this.#begunAt >= SLICE_MS) {
        await pause(this.#wall, 0, this.#stop);
        this.#begunAt = this.#wall.now();
      }
      if (!this.#stop.aborted) piece();
    } finally {
      this.#waiting -= 1;
    }
  }
}
