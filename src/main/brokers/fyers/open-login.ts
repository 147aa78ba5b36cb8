import { isTrading } from '../../../core/calendar.ts';
import { AppError } from '../../../core/errors.ts';
import type { OpenContext } from '../broker-module.ts';
import type { SendHttp } from '../transport/http.ts';
import type { FyersApi } from './api.ts';
import { exchangeAuthCode } from './auth-code.ts';
import { type FyersCredentials, readCredentials, UNATTENDED_FIELDS } from './credentials.ts';
import { logInUnattended } from './login.ts';
import { fetchMarketStatus, isNseOpen } from './market-status.ts';
import { createLogin, holdLogin, type Login, type LoginHolder } from './session-login.ts';

/** A person is waiting: what opening cannot get in two attempts is an error to show, or to do without. */
const OPENING_ATTEMPTS = 2;

export interface OpenLoginParts {
  readonly context: OpenContext;
  readonly apiUrl: string;
  readonly send: SendHttp;
  apiOf(login: LoginHolder): FyersApi;
}

/**
 * A login that Fyers accepts, or one that could not be checked: by what was entered, and where that is missing or dead
 * by logging in, once. Throws AppError.
 */
export async function logInToOpen(parts: OpenLoginParts, stop: AbortSignal): Promise<Login> {
  const { context } = parts;
  const credentials = readCredentials(context.credentials);
  const canLogIn = UNATTENDED_FIELDS.every((name) => credentials[name] !== undefined);
  try {
    return await checkLogin(parts, await enteredLogin(parts, credentials, stop), stop);
  } catch (thrown) {
    if (!canLogIn || !isRefused(thrown)) throw thrown;
    context.logger.info('The login has ended; Tickscope logs in again.');
  }
  const fresh = await logInOnce(parts, stop);
  return checkLogin(parts, createLogin(credentials.appId, fresh, context.clock.now()), stop);
}

/** A login out of new credentials, checked: nothing but them is tried. Throws AppError when they are refused. */
export async function logInToRenew(
  parts: OpenLoginParts,
  fields: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<Login> {
  return checkLogin(parts, await enteredLogin(parts, readCredentials(fields), stop), stop);
}

/** An auth code is newer than an access token beside it, unless it was used up before it could be forgotten. */
async function enteredLogin(
  { context, send, apiUrl }: OpenLoginParts,
  { appId, appSecret, authCode, accessToken }: FyersCredentials,
  stop: AbortSignal,
): Promise<Login> {
  const { clock, saveCredentials, logger } = context;
  if (authCode !== undefined && appSecret !== undefined) {
    try {
      const fresh = await exchangeAuthCode(send, apiUrl, { appId, appSecret, authCode }, stop);
      saveCredentials({ accessToken: fresh, authCode: '' });
      return createLogin(appId, fresh, clock.now());
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
      saveCredentials({ authCode: '' });
      if (accessToken === undefined) throw thrown;
      logger.warn('The auth code was refused; Tickscope goes on without it.');
    }
  }
  if (accessToken === undefined)
    throw new AppError(
      'auth-expired',
      'Fyers needs a login. Log in, or enter an access token, in Settings, under Feed.',
    );
  return createLogin(appId, accessToken, clock.now());
}

/** One cheap request tells a dead token. While Fyers cannot be reached at all, the feed says so and keeps trying. */
async function checkLogin({ context, apiOf }: OpenLoginParts, login: Login, stop: AbortSignal): Promise<Login> {
  const { clock, logger } = context;
  // A login of its own: what it finds out ends nothing that runs.
  const tried = holdLogin(createLogin(login.appId, login.accessToken, clock.now()));
  try {
    const markets = await fetchMarketStatus(apiOf(tried), stop, OPENING_ATTEMPTS);
    compareMarket(isNseOpen(markets), context);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (!error.retryable) throw error;
    logger.warn('The login could not be checked.', { code: error.code });
  }
  return login;
}

/** A holiday nobody told us of, or a session: the calendar is to be looked at, and goes on to be what counts. */
function compareMarket(isOpen: boolean | undefined, { clock, calendarOf, logger }: OpenContext): void {
  const calendar = calendarOf('nse-cash');
  const session = calendar.session(calendar.dateOf(clock.now()));
  const isDue = session !== undefined && isTrading(session, clock.now());
  if (isOpen === undefined || isOpen === isDue) return;
  const [says, has] = isOpen ? ['open', 'closed'] : ['closed', 'open'];
  logger.warn(
    `Fyers says that NSE is ${says}; the calendar has it ${has}. Prices may come at other hours than expected.`,
  );
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
