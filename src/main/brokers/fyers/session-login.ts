import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { readAccessToken } from './access-token.ts';
import { LOGIN_AGAIN } from './errors.ts';

/** A login that works until the venue or the clock says otherwise. Shared by everything that uses its token. */
export interface Login {
  readonly appId: string;
  readonly accessToken: string;
  readonly hsmKey: string;
  /** The token is certainly dead from here on. */
  readonly expiresAt: EpochMs;
  /** Aborts, with an AppError `auth-expired` as its reason, when the token is known to be dead. */
  readonly ended: AbortSignal;
  expire(): void;
}

/** Throws AppError `auth-expired` for a token that is none of Fyers', or whose time is over at `now`. */
export function createLogin(appId: string, accessToken: string, now: EpochMs): Login {
  const claims = readAccessToken(accessToken);
  if (claims?.hsmKey === undefined || claims.expiresAt === undefined)
    throw new AppError('auth-expired', 'The access token is none of Fyers’. Log in again in Settings, under Feed.');
  if (claims.expiresAt <= now)
    throw new AppError('auth-expired', 'The Fyers login has ended, as it does each morning. Log in again.');
  const controller = new AbortController();
  return {
    appId,
    accessToken,
    hsmKey: claims.hsmKey,
    expiresAt: claims.expiresAt,
    ended: controller.signal,
    expire: () => controller.abort(new AppError('auth-expired', LOGIN_AGAIN)),
  };
}

/** The login of a session; another takes its place when the token is renewed. */
export interface LoginHolder {
  readonly current: Login;
  replace(login: Login): void;
}

export function holdLogin(first: Login): LoginHolder {
  let current = first;
  return {
    get current() {
      return current;
    },
    replace(login) {
      current = login;
    },
  };
}
