import { AppError } from '../../../core/errors.ts';
import { NEW_TOKEN } from './errors.ts';

/** Header-safe: no spaces, quotes or line breaks that came along when copying. */
const TOKEN = /^[\w.~+/=-]{3,4096}$/;

/** Throws AppError `auth-expired` when there is no token, `invalid-input` for one that cannot be right. */
export function readToken({ token = '' }: Readonly<Record<string, string>>): string {
  const value = token.trim();
  if (value === '')
    throw new AppError(
      'auth-expired',
      'T-Invest needs a token. Make one on the page of T-Invest API settings and enter it in Settings, under Feed.',
    );
  if (!TOKEN.test(value))
    throw new AppError('invalid-input', 'The token holds characters no token has. Copy it again in Settings.');
  return value;
}

/** The token that is in force. Shared by everything that uses it. */
export interface Access {
  readonly token: string;
  /** Aborts, with an AppError `auth-expired` as its reason, when the venue refused the token. */
  readonly ended: AbortSignal;
  expire(): void;
  /** Goes on with another token. What waits on `ended` is to be begun anew. */
  renew(token: string): void;
}

/** A token lasts until the venue says otherwise: three months from its last use. */
export function createAccess(first: string): Access {
  let token = first;
  let controller = new AbortController();
  return {
    get token() {
      return token;
    },
    get ended() {
      return controller.signal;
    },
    expire: () => controller.abort(new AppError('auth-expired', NEW_TOKEN)),
    renew(next) {
      token = next;
      controller = new AbortController();
    },
  };
}
