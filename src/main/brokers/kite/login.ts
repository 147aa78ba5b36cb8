import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { LOGIN_AGAIN } from './errors.ts';
import { nextIst } from './ist.ts';

/** A login that works until the venue or the clock says otherwise. Shared by everything that uses its token. */
export interface Login {
  readonly apiKey: string;
  readonly accessToken: string;
  /** The token is certainly dead from here on. */
  readonly expiresAt: EpochMs;
  /**
   * Aborts, with an AppError `auth-expired` as its reason, when the token of now is known to be dead. A new token
   * brings a new signal.
   */
  readonly ended: AbortSignal;
  /** `accessToken` was found dead at `at`. Of a token that has been replaced this is no news. */
  expire(accessToken: string, at: EpochMs): void;
  /** From now on everything uses this token, made or known to work at `since`. */
  renew(apiKey: string, accessToken: string, since: EpochMs): void;
}

/**
 * A token dies at six in the morning, Indian time, whenever it was made; so does one that is merely known to
 * have worked at `since`. Source: https://kite.trade/docs/connect/v3/user/; the minute is not exact.
 */
export function tokenExpiry(since: EpochMs): EpochMs {
  return nextIst(since, 6, 0);
}

/** A login whose token was made, or known to work, at `since`. */
export function createLogin(apiKey: string, accessToken: string, since: EpochMs): Login {
  let controller = new AbortController();
  let now = { apiKey, accessToken, expiresAt: tokenExpiry(since) };
  return {
    get apiKey() {
      return now.apiKey;
    },
    get accessToken() {
      return now.accessToken;
    },
    get expiresAt() {
      return now.expiresAt;
    },
    get ended() {
      return controller.signal;
    },
    expire(dead, at) {
      if (dead !== now.accessToken || controller.signal.aborted) return;
      now = { ...now, expiresAt: at < now.expiresAt ? at : now.expiresAt };
      controller.abort(new AppError('auth-expired', LOGIN_AGAIN));
    },
    renew(key, token, madeAt) {
      now = { apiKey: key, accessToken: token, expiresAt: tokenExpiry(madeAt) };
      controller = new AbortController();
    },
  };
}
