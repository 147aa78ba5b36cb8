import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Clock } from '../engine/ports.ts';

/** A person has this long from opening the venue's page to coming back. */
const LIFE_MS = 10 * MINUTE_MS;

interface Pending {
  readonly state: string;
  readonly until: EpochMs;
}

/** Logins that began on a venue's page and have not come back, one a broker. */
export interface PendingLogins {
  /** Begins a login and gives the secret that ties its answer to it. What began before for this broker is off. */
  begin(broker: string): string;
  /** True once, for the right secret within ten minutes. A wrong one leaves the login pending: anyone may send it. */
  claim(broker: string, state: string | null): boolean;
  /** Calls the broker's pending login off. */
  forget(broker: string): void;
}

export function createPendingLogins(clock: Clock): PendingLogins {
  const pending = new Map<string, Pending>();
  return {
    begin(broker) {
      const state = randomBytes(32).toString('base64url');
      pending.set(broker, { state, until: (clock.now() + LIFE_MS) as EpochMs });
      return state;
    },
    claim(broker, state) {
      const expected = pending.get(broker);
      if (expected === undefined || state === null || !isSame(state, expected.state)) return false;
      pending.delete(broker);
      return clock.now() < expected.until;
    },
    forget(broker) {
      pending.delete(broker);
    },
  };
}

/** Compares without telling by its duration how much of a guess was right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
