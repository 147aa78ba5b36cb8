import type { Clock } from '../../engine/ports.ts';
import { createTurnQueue, type Pace, type RateLimit } from './turn-queue.ts';

/** At most `count` turns in any stretch of `perMs`. */
export interface RateWindow {
  readonly count: number;
  readonly perMs: number;
}

/**
 * Turns that keep within several windows at once, such as so many a second, a minute and a day. In any stretch of a
 * window's length, whenever it begins, no more are given than the window has; what a venue counts by its own clock is
 * kept as well, therefore. One budget is to be shared by everything that the venue counts together.
 */
export function createRateBudget(clock: Clock, windows: readonly RateWindow[]): RateLimit {
  const paces = windows.map(paceOf);
  return createTurnQueue(clock, {
    waitMs: (elapsed) => Math.max(0, ...paces.map((pace) => pace.waitMs(elapsed))),
    spend(elapsed) {
      for (const pace of paces) pace.spend(elapsed);
    },
  });
}

/** Remembers when the newest `count` turns were given: the oldest of them must have left the window. */
function paceOf({ count, perMs }: RateWindow): Pace {
  const given = new Float64Array(Math.max(1, count)).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    waitMs: (elapsed) => Math.max(0, (given[oldest] ?? 0) + perMs - elapsed),
    spend(elapsed) {
      given[oldest] = elapsed;
      oldest = (oldest + 1) % given.length;
    },
  };
}
