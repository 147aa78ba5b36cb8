import { AppError } from '../../../core/errors.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { SendHttp } from '../transport/http.ts';
import { createKiteApi } from './api.ts';
import { exchangeToken } from './auth.ts';
import { type KiteCredentials, readCredentials } from './credentials.ts';
import { createLogin } from './login.ts';
import { logInUnattended } from './unattended-login.ts';

/** A person is waiting: what opening cannot get in two attempts is an error to show, or to do without. */
const OPENING_ATTEMPTS = 2;

/** What to ask Kite's REST API by. */
export interface KiteToken {
  readonly apiKey: string;
  readonly accessToken: string;
}

export interface OpenLoginParts {
  readonly context: OpenContext;
  readonly apiUrl: string;
  readonly send: SendHttp;
  readonly jitter: Jitter;
}

/**
 * A token that Kite accepts, or one that could not be checked: by what was entered, and where that is missing or dead
 * by logging in, once. Throws AppError.
 */
export async function logInToOpen(parts: OpenLoginParts, stop: AbortSignal): Promise<KiteToken> {
  const { context } = parts;
  const credentials = readCredentials(context.credentials);
  const { apiKey, canLogIn } = credentials;
  const entered = await enteredToken(parts, credentials, stop);
  if (entered !== undefined) {
    try {
      return await checkToken(parts, { apiKey, accessToken: entered }, stop);
    } catch (thrown) {
      if (!canLogIn || !isRefused(thrown)) throw thrown;
      context.logger.info('The login has ended; Tickscope logs in again.');
    }
  }
  return checkToken(parts, { apiKey, accessToken: await logInOnce(parts, stop) }, stop);
}

/** A token out of new credentials, checked: nothing but them is tried. Throws AppError when they are refused. */
export async function logInToRenew(
  parts: OpenLoginParts,
  fields: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<KiteToken> {
  const credentials = readCredentials(fields);
  const accessToken = await enteredToken(parts, credentials, stop);
  if (accessToken === undefined)
    throw new AppError('auth-expired', 'Kite needs a login. Log in in Settings, under Feed.');
  return checkToken(parts, { apiKey: credentials.apiKey, accessToken }, stop);
}

/** A request token is newer than an access token beside it, unless it was used up before it could be forgotten. */
async function enteredToken(
  { context: { saveCredentials, logger }, send, apiUrl }: OpenLoginParts,
  { apiKey, apiSecret, requestToken, accessToken, canLogIn }: KiteCredentials,
  stop: AbortSignal,
): Promise<string | undefined> {
  if (requestToken === undefined || apiSecret === undefined) return accessToken;
  try {
    const fresh = await exchangeToken(send, apiUrl, { apiKey, apiSecret, requestToken }, stop);
    saveCredentials({ accessToken: fresh, requestToken: '' });
    return fresh;
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
    saveCredentials({ requestToken: '' });
    if (accessToken === undefined && !canLogIn) throw thrown;
    logger.warn('The request token was refused; Tickscope goes on without it.');
    return accessToken;
  }
}

/** One cheap request tells a dead token. While Kite cannot be reached at all, the feed says so and keeps trying. */
async function checkToken(
  { context, apiUrl, send, jitter }: OpenLoginParts,
  token: KiteToken,
  stop: AbortSignal,
): Promise<KiteToken> {
  const { clock, logger } = context;
  // A login of its own: what it finds out ends nothing that runs.
  const login = createLogin(token.apiKey, token.accessToken, clock.now());
  const api = createKiteApi({ apiUrl, login, send, clock, jitter });
  try {
    await api.get('other', '/user/profile', stop, OPENING_ATTEMPTS);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (!error.retryable) throw error;
    logger.warn('The login could not be checked.', { code: error.code });
  }
  return token;
}

async function logInOnce({ context }: OpenLoginParts, stop: AbortSignal): Promise<string> {
  const { clock, credentials, endpoints, options, saveCredentials } = context;
  try {
    const fields = await logInUnattended({ clock, credentials, endpoints, options }, stop);
    saveCredentials(fields);
    return fields['accessToken'] ?? '';
  } catch (thrown) {
    // Whoever opens tries again by itself after a while; a venue that says "too many logins" must not hear of it.
    if (thrown instanceof AppError && thrown.code === 'rate-limited')
      throw new AppError('auth-expired', thrown.message, { context: thrown.context });
    throw thrown;
  }
}

function isRefused(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'auth-expired';
}
