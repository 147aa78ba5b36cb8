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

/** The real clock, `factor` times as fast: a wait of a second is over in a thousand-and-some milliseconds' share. */
export function fastClock(factor: number): Clock {
  const start = Date.now();
  return {
    now: () => (start + (Date.now() - start) * factor) as EpochMs,
    after: (delayMs, callback) => realClock.after(delayMs / factor, callback),
  };
}
