import type { Clock } from '../../engine/ports.ts';

/** The right to send a request, given out no faster than a venue allows. */
export interface RateLimit {
  /** Resolves when it is this caller's turn, first come, first served. Rejects with `stop`'s reason when it aborts. */
  take(stop: AbortSignal): Promise<void>;
  /** Nobody gets a turn for `ms`: the venue said "too many". A longer hold that is in force stays. */
  hold(ms: number): void;
}

/** How fast turns are given. Times are milliseconds that went by since the rule was made, and never run backwards. */
export interface Pace {
  /** How long until the next turn may be given; 0 for now. */
  waitMs(elapsed: number): number;
  /** A turn is given now. */
  spend(elapsed: number): void;
}

/** Turns by a pace, first come, first served. A clock that is set back makes nobody wait longer. */
export function createTurnQueue(clock: Clock, pace: Pace): RateLimit {
  let elapsed = 0;
  let lookedAt = clock.now();
  let heldUntil = 0;
  let cancelTimer: (() => void) | undefined;
  const queue = new Set<() => void>();

  const look = (): void => {
    const now = clock.now();
    elapsed += Math.max(0, now - lookedAt);
    lookedAt = now;
  };
  const serve = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    look();
    for (const grant of queue) {
      const waitMs = Math.max(pace.waitMs(elapsed), heldUntil - elapsed);
      if (waitMs > 0) {
        cancelTimer = clock.after(waitMs, serve);
        return;
      }
      pace.spend(elapsed);
      queue.delete(grant);
      grant();
    }
  };

  return {
    take(stop) {
      if (stop.aborted) return Promise.reject(stop.reason);
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          queue.delete(grant);
          if (queue.size === 0) cancelTimer?.();
          reject(stop.reason);
        };
        const grant = (): void => {
          stop.removeEventListener('abort', leave);
          resolve();
        };
        stop.addEventListener('abort', leave, { once: true });
        queue.add(grant);
        serve();
      });
    },
    hold(ms) {
      look();
      heldUntil = Math.max(heldUntil, elapsed + ms);
      serve();
    },
  };
}
