import type { Clock } from '../../engine/ports.ts';
import { createTurnQueue, type RateLimit } from './turn-queue.ts';

export type { RateLimit } from './turn-queue.ts';

export interface RateLimitOptions {
  /** How many turns may be taken at once after a rest. */
  readonly burst: number;
  /** One more turn each `everyMs`. */
  readonly everyMs: number;
}

/** A token bucket. */
export function createRateLimit(clock: Clock, { burst, everyMs }: RateLimitOptions): RateLimit {
  let turns = burst;
  let countedAt = 0;
  const refill = (elapsed: number): void => {
    const earned = Math.floor((elapsed - countedAt) / everyMs);
    turns = Math.min(burst, turns + earned);
    // A full bucket earns nothing: the next turn is counted from now.
    countedAt = turns === burst ? elapsed : countedAt + earned * everyMs;
  };
  return createTurnQueue(clock, {
    waitMs(elapsed) {
      refill(elapsed);
      return turns > 0 ? 0 : countedAt + everyMs - elapsed;
    },
    spend() {
      turns -= 1;
    },
  });
}
