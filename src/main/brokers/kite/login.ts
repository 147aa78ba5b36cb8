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
  /** Aborts, with an AppError `auth-expired` as its reason, when the token is known to be dead. */
  readonly ended: AbortSignal;
  expire(): void;
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
  const controller = new AbortController();
  return {
    apiKey,
    accessToken,
    expiresAt: tokenExpiry(since),
    ended: controller.signal,
    expire: () => controller.abort(new AppError('auth-expired', LOGIN_AGAIN)),
  };
}
