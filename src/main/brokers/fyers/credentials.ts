import { AppError } from '../../../core/errors.ts';

/** What a person entered, checked for shape only. What is not there is undefined. */
export interface FyersCredentials {
  /** With its suffix, as `ABCD1234EF-100`. */
  readonly appId: string;
  readonly appSecret: string | undefined;
  readonly clientId: string | undefined;
  readonly pin: string | undefined;
  readonly totpSecret: string | undefined;
  readonly redirectUrl: string | undefined;
  /** From the address the browser ends at: works once. */
  readonly authCode: string | undefined;
  /** The day's key to everything. */
  readonly accessToken: string | undefined;
}

/** The fields without which Tickscope cannot log in by itself. */
export const UNATTENDED_FIELDS = ['appId', 'appSecret', 'clientId', 'pin', 'totpSecret', 'redirectUrl'] as const;

/** Header-safe: no spaces, quotes or line breaks that came along when copying. */
const WORD = /^[\w.~+/=:-]+$/;
const APP_ID = /^[A-Za-z0-9]+-\d+$/;

/** Throws AppError `auth-expired` without an app id, `invalid-input` for fields that cannot be right. */
export function readCredentials(fields: Readonly<Record<string, string>>): FyersCredentials {
  const text = (name: string): string | undefined => fields[name]?.trim() || undefined;
  const word = (name: string, label: string): string | undefined => {
    const value = text(name);
    if (value === undefined || WORD.test(value)) return value;
    throw new AppError('invalid-input', `The ${label} holds characters no ${label} has. Copy it again in Settings.`);
  };
  const appId = word('appId', 'app id');
  if (appId === undefined)
    throw new AppError('auth-expired', 'Fyers needs an app id and a login. Enter them in Settings, under Feed.');
  if (!APP_ID.test(appId))
    throw new AppError(
      'invalid-input',
      'The app id has two parts, as in ABCD1234EF-100. Copy it with its number, in Settings.',
    );
  const redirectUrl = text('redirectUrl');
  if (redirectUrl !== undefined && URL.parse(redirectUrl) === null)
    throw new AppError('invalid-input', 'The redirect URL is no address. Copy it from the page of your Fyers app.');
  const accessToken = word('accessToken', 'access token');
  return {
    appId,
    appSecret: word('appSecret', 'app secret'),
    clientId: word('clientId', 'client id'),
    pin: word('pin', 'PIN'),
    totpSecret: text('totpSecret'),
    redirectUrl,
    authCode: word('authCode', 'auth code'),
    // Some programs keep it with the app id in front, as headers carry it.
    accessToken: accessToken?.slice(accessToken.lastIndexOf(':') + 1) || undefined,
  };
}
