import type { EpochMs } from '../../src/core/brand.ts';
import type { Clock } from '../../src/main/engine/ports.ts';

/** Time stands still until a test says otherwise; due callbacks then run in order. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { readonly due: number; readonly callback: () => void }[] = [];

  constructor(start = 0) {
    this.#now = start;
  }

  now(): EpochMs {
    return this.#now as EpochMs;
  }

  /** How many callbacks wait. */
  get timers(): number {
    return this.#timers.length;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { due: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.due;
      next.callback();
    }
    this.#now = until;
  }
}
