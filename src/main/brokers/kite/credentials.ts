import { AppError } from '../../../core/errors.ts';

type Fields = Readonly<Record<string, string>>;

/** What a person entered, checked for shape only. There is a token, or the means to get one. */
export interface KiteCredentials {
  readonly apiKey: string;
  readonly apiSecret: string | undefined;
  /** From the login page: works once. */
  readonly requestToken: string | undefined;
  /** The day's key to everything. */
  readonly accessToken: string | undefined;
  /** Enough is there to log in without anybody. */
  readonly canLogIn: boolean;
}

/** What a login without a browser takes. */
export interface UnattendedCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly userId: string;
  readonly password: string;
  readonly totpSecret: string;
}

/** The credential fields that, all set, let Kite be logged in at without anybody. */
export const UNATTENDED_FIELDS = ['apiKey', 'apiSecret', 'userId', 'password', 'totpSecret'] as const;

/** Header-safe: no spaces, quotes or line breaks that came along when copying. */
const TOKEN = /^[\w.~+/=-]+$/;

/** Throws AppError `auth-expired` when there is nothing to log in with, `invalid-input` for fields that cannot be right. */
export function readCredentials(fields: Fields): KiteCredentials {
  const apiKey = readToken(fields, 'apiKey', 'API key');
  const apiSecret = readToken(fields, 'apiSecret', 'API secret');
  const requestToken = readToken(fields, 'requestToken', 'request token');
  const accessToken = readToken(fields, 'accessToken', 'access token');
  const canLogIn = UNATTENDED_FIELDS.every((name) => (fields[name] ?? '').trim() !== '');
  if (apiKey === undefined)
    throw new AppError('auth-expired', 'Kite needs an API key and a login. Enter them in Settings, under Feed.');
  if (requestToken !== undefined && apiSecret === undefined && accessToken === undefined)
    throw new AppError('invalid-input', 'A request token needs the API secret beside it. Enter it in Settings.');
  if (requestToken === undefined && accessToken === undefined && !canLogIn)
    throw new AppError(
      'auth-expired',
      'Kite needs a login. Log in by browser in Settings, under Feed, or enter user ID, password and TOTP secret there.',
    );
  return { apiKey, apiSecret, requestToken, accessToken, canLogIn };
}

/** The two that every login needs. Throws AppError `invalid-input`. */
export function readApp(fields: Fields): { readonly apiKey: string; readonly apiSecret: string } {
  const apiKey = readToken(fields, 'apiKey', 'API key');
  const apiSecret = readToken(fields, 'apiSecret', 'API secret');
  if (apiKey === undefined || apiSecret === undefined)
    throw new AppError(
      'invalid-input',
      'A login at Kite needs API key and API secret. Enter them in Settings, under Feed.',
    );
  return { apiKey, apiSecret };
}

/** Throws AppError `invalid-input` that names what is missing. */
export function readUnattended(fields: Fields): UnattendedCredentials {
  const app = readApp(fields);
  const userId = readToken(fields, 'userId', 'user ID');
  // A password may begin and end with whatever it likes.
  const password = fields['password'] ?? '';
  const totpSecret = fields['totpSecret']?.trim() ?? '';
  if (userId === undefined || password === '' || totpSecret === '')
    throw new AppError(
      'invalid-input',
      'A login at Kite without a browser needs user ID, password and TOTP secret. Enter them in Settings, under Feed.',
    );
  return { ...app, userId, password, totpSecret };
}

function readToken(fields: Fields, name: string, label: string): string | undefined {
  const value = fields[name]?.trim() ?? '';
  if (value === '') return undefined;
  if (TOKEN.test(value)) return value;
  throw new AppError('invalid-input', `The ${label} holds characters no ${label} has. Copy it again in Settings.`);
}
