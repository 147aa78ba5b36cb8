import type { EpochMs } from '../../src/core/brand.ts';
import type { Clock } from '../../src/main/engine/ports.ts';

interface Timer {
  /** By the timers' own time, which no one can set. */
  readonly due: number;
  readonly callback: () => void;
}

/**
 * A computer's clock as it really is: the time on the wall can be set, and leaps over a sleep; timers count by a time
 * of their own, which stands still meanwhile (Linux, macOS) or runs on and rings them late (Windows).
 */
export class UneasyClock implements Clock {
  #wall: number;
  #elapsed = 0;
  #timers: readonly Timer[] = [];

  constructor(start: number) {
    this.#wall = start;
  }

  now(): EpochMs {
    return this.#wall as EpochMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { due: this.#elapsed + Math.max(0, delayMs), callback };
    this.#timers = [...this.#timers, timer];
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Time passes, and due callbacks run in order. */
  advance(ms: number): void {
    const until = this.#elapsed + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      // A timer that is overdue rings now.
      this.#pass(Math.max(0, next.due - this.#elapsed));
      next.callback();
    }
    this.#pass(until - this.#elapsed);
  }

  /** Somebody, or a time server, sets the time on the wall. */
  set(byMs: number): void {
    this.#wall += byMs;
  }

  /** The computer sleeps: nothing runs. `timers`: whether theirs goes on, so that they ring at once on waking. */
  sleep(ms: number, timers: 'stand still' | 'go on' = 'stand still'): void {
    this.#wall += ms;
    if (timers === 'go on') this.#elapsed += ms;
  }

  #pass(ms: number): void {
    this.#wall += ms;
    this.#elapsed += ms;
  }
}
