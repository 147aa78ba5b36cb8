import type { EpochMs } from '../../../src/core/brand.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
  handle: ReturnType<typeof setTimeout> | undefined;
}

/** The machine's own clock, which a test moves on by hours while sockets stay real. What fell due on the way rings at once. */
export class JumpingClock implements Clock {
  #ahead = 0;
  readonly #timers = new Set<Timer>();

  now(): EpochMs {
    return (Date.now() + this.#ahead) as EpochMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { due: this.now() + delayMs, callback, handle: undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      clearTimeout(timer.handle);
      this.#timers.delete(timer);
    };
  }

  jump(ms: number): void {
    this.#ahead += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.due - b.due)) {
      if (!this.#timers.has(timer)) continue;
      clearTimeout(timer.handle);
      if (timer.due <= this.now()) this.#ring(timer);
      else this.#arm(timer);
    }
  }

  #arm(timer: Timer): void {
    timer.handle = setTimeout(() => this.#ring(timer), Math.min(Math.max(timer.due - this.now(), 0), 2 ** 31 - 1));
  }

  #ring(timer: Timer): void {
    this.#timers.delete(timer);
    timer.callback();
  }
}
