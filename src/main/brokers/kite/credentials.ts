import { AppError } from '../../../core/errors.ts';

/** What a person entered, checked for shape only. At least one of the two tokens is there. */
export interface KiteCredentials {
  readonly apiKey: string;
  readonly apiSecret: string | undefined;
  /** From the login page: works once. */
  readonly requestToken: string | undefined;
  /** The day's key to everything. */
  readonly accessToken: string | undefined;
}

/** Header-safe: no spaces, quotes or line breaks that came along when copying. */
const TOKEN = /^[\w.~+/=-]+$/;

/** Throws AppError `auth-expired` when there is nothing to log in with, `invalid-input` for fields that cannot be right. */
export function readCredentials(fields: Readonly<Record<string, string>>): KiteCredentials {
  const read = (name: string, label: string): string | undefined => {
    const value = fields[name]?.trim() ?? '';
    if (value === '') return undefined;
    if (TOKEN.test(value)) return value;
    throw new AppError('invalid-input', `The ${label} holds characters no ${label} has. Copy it again in Settings.`);
  };
  const apiKey = read('apiKey', 'API key');
  const apiSecret = read('apiSecret', 'API secret');
  const requestToken = read('requestToken', 'request token');
  const accessToken = read('accessToken', 'access token');
  if (apiKey === undefined)
    throw new AppError('auth-expired', 'Kite needs an API key and a login. Enter them in Settings, under Feed.');
  if (requestToken !== undefined && apiSecret === undefined && accessToken === undefined)
    throw new AppError('invalid-input', 'A request token needs the API secret beside it. Enter it in Settings.');
  if (requestToken === undefined && accessToken === undefined)
    throw new AppError(
      'auth-expired',
      'Kite needs a login. Enter an access token, or API secret and request token, in Settings, under Feed.',
    );
  return { apiKey, apiSecret, requestToken, accessToken };
}
