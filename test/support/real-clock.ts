import type { EpochMs } from '../../src/core/brand.ts';
import type { Clock } from '../../src/main/engine/ports.ts';

/** The machine's own clock, for tests over real sockets. */
export const realClock: Clock = {
  now: () => Date.now() as EpochMs,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A real clock that runs `factor` times as fast, from `start` on: waits of seconds are over in fractions of one. */
export function fastClock(factor: number, start: number = Date.now()): Clock {
  const begun = Date.now();
  return {
    now: () => Math.floor(start + (Date.now() - begun) * factor) as EpochMs,
    after: (delayMs, callback) => realClock.after(delayMs / factor, callback),
  };
}
