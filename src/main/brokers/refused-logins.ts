import { createHash } from 'node:crypto';
import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from '../engine/ports.ts';

/** Venues lock an account after a few wrong passwords. */
const REST_MS = 5 * MINUTE_MS;
const MOST_REMEMBERED = 20;

/** Keeps those who log in by themselves from adding up: whoever opens the venue, a click, the next morning. */
export interface RefusedLogins<Answer> {
  /**
   * Runs `logIn`, unless the same `fields` are just being tried: then that outcome is this one's too; or were refused
   * (`auth-expired`) less than five minutes ago: then that refusal is thrown again. Of the fields only a hash is kept.
   */
  guard(fields: readonly string[], clock: Clock, logIn: () => Promise<Answer>): Promise<Answer>;
}

export function createRefusedLogins<Answer>(): RefusedLogins<Answer> {
  const refusals = new Map<string, { readonly error: AppError; readonly at: EpochMs }>();
  const running = new Map<string, Promise<Answer>>();

  const attempt = async (key: string, clock: Clock, logIn: () => Promise<Answer>): Promise<Answer> => {
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
  };
  return {
    async guard(fields, clock, logIn) {
      const key = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
      const last = refusals.get(key);
      const sinceMs = last === undefined ? REST_MS : clock.now() - last.at;
      if (last !== undefined && sinceMs >= 0 && sinceMs < REST_MS) throw last.error;
      const already = running.get(key);
      if (already !== undefined) return already;
      const begun = attempt(key, clock, logIn).finally(() => running.delete(key));
      running.set(key, begun);
      return begun;
    },
  };
}
