import { createHash } from 'node:crypto';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from '../engine/ports.ts';

/** Venues lock an account after a few wrong passwords, for hours or for good. */
const REFUSED = { first: MINUTE_MS, longest: 30 * MINUTE_MS };
/** A venue that could not be reached has counted nothing. */
const UNREACHED = { first: 5 * SECOND_MS, longest: 5 * MINUTE_MS };
/** A login that is refused right after it was made will be refused after the next one too. */
const AFTER_SUCCESS_MS = MINUTE_MS;

type Fields = Readonly<Record<string, string>>;

interface Failure {
  readonly error: AppError;
  /** In a row, with these very credentials. */
  readonly count: number;
  readonly until: EpochMs;
  /** Hash of what was tried: a person who corrected it need not wait. */
  readonly tried: string;
}

/**
 * Whether a venue wants its own page to be opened, and no other password: approval of a new app, a captcha. A broker says
 * so by `wantsPerson: 1` in the context of its refusal.
 */
export function wantsPerson(error: AppError): boolean {
  return error.context['wantsPerson'] === 1;
}

/** Keeps logins by themselves from storming a venue that refuses them. */
export interface AttemptPause {
  /** Throws the last refusal again while its pause lasts, unless a credential has changed since; and right after a success. */
  check(broker: string, credentials: Fields): void;
  failed(broker: string, credentials: Fields, error: AppError): void;
  succeeded(broker: string): void;
}

/** After a refusal 1, 2, 4, … 30 minutes; after a venue that cannot be reached 5, 10, … 300 seconds. */
export function createAttemptPause(clock: Clock): AttemptPause {
  const failures = new Map<string, Failure>();
  const successes = new Map<string, EpochMs>();
  return {
    check(broker, credentials) {
      const last = failures.get(broker);
      const now = clock.now();
      const sinceMs = now - (successes.get(broker) ?? Number.NEGATIVE_INFINITY);
      if (sinceMs >= 0 && sinceMs < AFTER_SUCCESS_MS)
        throw new AppError(
          'auth-expired',
          `Tickscope logged in ${words(sinceMs)} ago. If that login is refused all the same, check that the account includes live data; it logs in again in ${words(AFTER_SUCCESS_MS - sinceMs)} at the earliest.`,
        );
      if (last === undefined || last.tried !== hashOf(credentials) || now >= last.until) return;
      const wait = `It is tried again in ${words(last.until - now)} at the earliest`;
      const { code, message, context, retryable } = last.error;
      throw new AppError(code, `${message} ${retryable ? wait : `${wait}, so that the account is not locked`}.`, {
        context,
      });
    },
    failed(broker, credentials, error) {
      const tried = hashOf(credentials);
      const before = failures.get(broker);
      const count = before !== undefined && before.tried === tried ? before.count + 1 : 1;
      const { first, longest } = error.code === 'network' ? UNREACHED : REFUSED;
      const waitMs = Math.min(longest, first * 2 ** Math.min(16, count - 1));
      failures.set(broker, { error, count, tried, until: (clock.now() + waitMs) as EpochMs });
    },
    succeeded(broker) {
      failures.delete(broker);
      successes.set(broker, clock.now());
    },
  };
}

function hashOf(credentials: Fields): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(credentials).sort()))
    .digest('hex');
}

function words(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS);
  if (seconds <= 1) return 'a second';
  if (seconds < 100) return `${seconds} seconds`;
  return `${Math.ceil(ms / MINUTE_MS)} minutes`;
}
