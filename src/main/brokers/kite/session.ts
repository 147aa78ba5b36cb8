import { AppError } from '../../../core/errors.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Patience } from '../transport/connection.ts';
import { createHttp, type SendHttp } from '../transport/http.ts';
import { createKiteApi } from './api.ts';
import { exchangeToken } from './auth.ts';
import { type KiteCredentials, readCredentials } from './credentials.ts';
import { createKiteFeed } from './feed.ts';
import { createKiteHistory } from './history.ts';
import { dumpDay, loadInstruments } from './instruments.ts';
import { createLogin, type Login } from './login.ts';
import { manifest } from './manifest.ts';
import { createKiteQuotes } from './quotes.ts';
import type { SocketLimits } from './subscribe.ts';
import { KITE_API_URL, KITE_WS_URL } from './wire.ts';

/** A person is waiting: what opening cannot get in two attempts is an error to show, or to do without. */
const OPENING_ATTEMPTS = 2;

/** What tests turn; the app leaves it out. */
export interface KiteTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly limits?: SocketLimits;
}

/**
 * Logs in, checks the login, finds the instruments, and hands out feed, quotes and history that share the
 * login and its limits.
 *
 * Throws AppError: `invalid-input` for misshapen credentials or addresses, `auth-expired` when a login is
 * needed, `forbidden` when the account may not, `network` when Kite cannot be reached and no list of
 * instruments was kept from before.
 */
export async function openKite(context: OpenContext, tuning: KiteTuning = {}): Promise<BrokerSession> {
  const { clock, calendarOf, logger, endpoints } = context;
  const { jitter = Math.random, limits = manifest.limits, patience } = tuning;
  const apiUrl = addressOf(endpoints.api ?? KITE_API_URL, ['https:', 'http:'], 'TICKSCOPE_KITE_API_URL');
  const wsUrl = addressOf(endpoints.ws ?? KITE_WS_URL, ['wss:', 'ws:'], 'TICKSCOPE_KITE_WS_URL');
  // Opening is short and ends by its own time limits.
  const stop = new AbortController().signal;
  const send = createHttp({ venue: 'Kite', clock });

  const login = await logIn(readCredentials(context.credentials), context, send, apiUrl, stop);
  const api = createKiteApi({ apiUrl, login, send, clock, jitter });
  await checkLogin(() => api.get('other', '/user/profile', stop, OPENING_ATTEMPTS), context);

  const day = dumpDay(clock.now(), calendarOf('nse-cas'));
  const { cacheDir, renames } = context;
  const { known } = await loadInstruments(context.instruments, { api, cacheDir, day, logger, renames }, stop);
  const parts = { login, api, instruments: known, clock, jitter, logger, calendarOf, limits, patience, wsUrl };
  return {
    instruments: known.map(({ instrument }) => instrument),
    feed: createKiteFeed(parts),
    quotes: createKiteQuotes(parts),
    history: createKiteHistory(parts),
    playback: undefined,
  };
}

/** A request token is newer than an access token beside it, unless it was used up before it could be forgotten. */
async function logIn(
  { apiKey, apiSecret, requestToken, accessToken }: KiteCredentials,
  { clock, saveCredentials, logger }: OpenContext,
  send: SendHttp,
  apiUrl: string,
  stop: AbortSignal,
): Promise<Login> {
  if (requestToken !== undefined && apiSecret !== undefined) {
    try {
      const fresh = await exchangeToken(send, apiUrl, { apiKey, apiSecret, requestToken }, stop);
      saveCredentials({ accessToken: fresh, requestToken: '' });
      return createLogin(apiKey, fresh, clock.now());
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'auth-expired') throw thrown;
      saveCredentials({ requestToken: '' });
      if (accessToken === undefined) throw thrown;
      logger.warn('The request token was refused; the access token from before is tried.');
    }
  }
  if (accessToken === undefined) throw new AppError('auth-expired', 'Kite needs a login. Enter it in Settings.');
  return createLogin(apiKey, accessToken, clock.now());
}

/** One cheap request tells a dead token. While Kite cannot be reached at all, the feed says so and keeps trying. */
async function checkLogin(askProfile: () => Promise<unknown>, { logger }: OpenContext): Promise<void> {
  try {
    await askProfile();
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (!error.retryable) throw error;
    logger.warn('The login could not be checked.', { code: error.code });
  }
}

/** The address without a slash at its end. The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}
