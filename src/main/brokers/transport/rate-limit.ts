import type { Clock } from '../../engine/ports.ts';

/** The right to send a request, given out no faster than a venue allows. */
export interface RateLimit {
  /** Resolves when it is this caller's turn, first come, first served. Rejects with `stop`'s reason when it aborts. */
  take(stop: AbortSignal): Promise<void>;
  /** Nobody gets a turn for `ms`: the venue said "too many". A longer hold that is in force stays. */
  hold(ms: number): void;
}

export interface RateLimitOptions {
  /** How many turns may be taken at once after a rest. */
  readonly burst: number;
  /** One more turn each `everyMs`. */
  readonly everyMs: number;
}

interface Waiting {
  readonly grant: () => void;
}

/** A token bucket. Only spans of the clock are used, so a clock that is set back makes nobody wait longer. */
export function createRateLimit(clock: Clock, { burst, everyMs }: RateLimitOptions): RateLimit {
  let turns = burst;
  let countedAt = clock.now();
  let heldUntil = 0;
  let cancelTimer: (() => void) | undefined;
  const queue = new Set<Waiting>();

  const refill = (): void => {
    const now = clock.now();
    if (now < countedAt) {
      heldUntil -= countedAt - now;
      countedAt = now;
    }
    const earned = Math.floor((now - countedAt) / everyMs);
    turns = Math.min(burst, turns + earned);
    // A full bucket earns nothing: the next turn is counted from now.
    countedAt = turns === burst ? now : ((countedAt + earned * everyMs) as typeof now);
  };
  const serve = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    refill();
    const now = clock.now();
    if (now >= heldUntil) {
      for (const waiting of queue) {
        if (turns === 0) break;
        turns -= 1;
        queue.delete(waiting);
        waiting.grant();
      }
    }
    if (queue.size === 0) return;
    const turnAt = turns > 0 ? now : countedAt + everyMs;
    cancelTimer = clock.after(Math.max(turnAt, heldUntil) - now, serve);
  };

  return {
    take(stop) {
      if (stop.aborted) return Promise.reject(stop.reason);
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          queue.delete(waiting);
          reject(stop.reason);
        };
        const waiting: Waiting = {
          grant() {
            stop.removeEventListener('abort', leave);
            resolve();
          },
        };
        stop.addEventListener('abort', leave, { once: true });
        queue.add(waiting);
        serve();
      });
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + ms);
      serve();
    },
  };
}
