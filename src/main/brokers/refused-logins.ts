import { createHash } from 'node:crypto';
import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from '../engine/ports.ts';

/** Venues lock an account after a few wrong passwords. */
const REST_MS = 5 * MINUTE_MS;
const MOST_REMEMBERED = 20;

/** Remembers what a venue refused, however often and from wherever it is asked again: opening, a click, the next morning. */
export interface RefusedLogins {
  /**
   * Runs `logIn`, unless the same `fields` were refused (`auth-expired`) less than five minutes ago: then that refusal
   * is thrown again and nobody is asked. Of the fields only a hash is kept.
   */
  guard<Value>(fields: readonly string[], clock: Clock, logIn: () => Promise<Value>): Promise<Value>;
}

export function createRefusedLogins(): RefusedLogins {
  const refusals = new Map<string, { readonly error: AppError; readonly at: EpochMs }>();
  return {
    async guard(fields, clock, logIn) {
      const key = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
      const last = refusals.get(key);
      const sinceMs = last === undefined ? REST_MS : clock.now() - last.at;
      if (last !== undefined && sinceMs >= 0 && sinceMs < REST_MS) throw last.error;
      refusals.delete(key);
      try {
        return await logIn();
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'auth-expired')
          refusals.set(key, { error: thrown, at: clock.now() });
        const [oldest] = refusals.keys();
        if (refusals.size > MOST_REMEMBERED && oldest !== undefined) refusals.delete(oldest);
        throw thrown;
      }
    },
  };
}
