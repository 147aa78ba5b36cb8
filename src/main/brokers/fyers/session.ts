import { AppError } from '../../../core/errors.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import { createHttp, type SendHttp } from '../transport/http.ts';
import type { Patience } from '../transport/patience.ts';
import { budgetOf, createFyersApi, type FyersApi } from './api.ts';
import { exchangeAuthCode } from './auth-code.ts';
import { type FyersCredentials, readCredentials } from './credentials.ts';
import { createFyersFeed } from './feed.ts';
import { createFyersHistory } from './history.ts';
import { loadInstruments } from './instruments.ts';
import { listDay } from './list-cache.ts';
import { fetchMarketStatus } from './market-status.ts';
import { createFyersQuotes } from './quotes.ts';
import { serversOf } from './servers.ts';
import { createLogin, holdLogin, type Login } from './session-login.ts';
import { TOPICS_PER_SOCKET } from './wire.ts';

/** A person is waiting: what opening cannot get in two attempts is an error to show, or to do without. */
const OPENING_ATTEMPTS = 2;

/** What tests turn; the app leaves it out. */
export interface FyersTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly mostTopics?: number;
}

/**
 * Takes the login, checks it, finds the instruments, and hands out feed, quotes and history that share the login and
 * its limits.
 *
 * Throws AppError: `invalid-input` for misshapen credentials or addresses, `auth-expired` when a login is needed,
 * `forbidden` when the app may not, `network` when Fyers cannot be reached and no list of symbols was kept from before.
 */
export async function openFyers(context: OpenContext, tuning: FyersTuning = {}): Promise<BrokerSession> {
  const { clock, calendarOf, logger, options, tap } = context;
  const { jitter = Math.random, mostTopics = TOPICS_PER_SOCKET, patience } = tuning;
  const servers = serversOf(context.endpoints);
  // Opening is short and ends by its own time limits.
  const stop = new AbortController().signal;
  const send = createHttp({ venue: 'Fyers', clock, tap });

  const login = holdLogin(await logIn(readCredentials(context.credentials), context, send, servers.api, stop));
  const { appId } = login.current;
  const rest = { apiUrl: servers.api, send, budget: budgetOf(clock, appId), clock, jitter };
  const api = createFyersApi({ ...rest, login });
  await checkLogin(api, logger, stop);

  const day = listDay(clock.now(), calendarOf('nse-cas'));
  const { cacheDir, renames } = context;
  const source = { api, listsUrl: servers.lists, cacheDir, day, logger, renames };
  const { known } = await loadInstruments(context.instruments, source, stop);
  const parts = { login, api, instruments: known, clock, jitter, logger, calendarOf };
  return {
    instruments: known.map(({ instrument }) => instrument),
    feed: createFyersFeed({
      ...parts,
      servers,
      mostTopics,
      patience,
      tap,
      mode: options['lite'] === true ? 'lite' : 'full',
      hearsOrders: options['orderUpdates'] !== false,
    }),
    quotes: createFyersQuotes(parts),
    history: createFyersHistory(parts),
    async renew(credentials) {
      const fields = readCredentials(credentials);
      const fresh = await logIn(fields, context, send, servers.api, stop);
      await checkLogin(createFyersApi({ ...rest, login: holdLogin(fresh) }), logger, stop);
      login.replace(fresh);
    },
    loginUntil: () => login.current.expiresAt,
    playback: undefined,
  };
}

/** An auth code is newer than an access token beside it, unless it was used up before it could be forgotten. */
async function logIn(
  { appId, appSecret, authCode, accessToken }: FyersCredentials,
  { clock, saveCredentials, logger }: OpenContext,
  send: SendHttp,
  apiUrl: string,
  stop: AbortSignal,
): Promise<Login> {
  if (authCode !== undefined && appSecret !== undefined) {
    try {
      const fresh = await exchangeAuthCode(send, apiUrl, { appId, appSecret, authCode }, stop);
      saveCredentials({ accessToken: fresh, authCode: '' });
      return createLogin(appId, fresh, clock.now());
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'auth-expired') throw thrown;
      saveCredentials({ authCode: '' });
      if (accessToken === undefined) throw thrown;
      logger.warn('The auth code was refused; the access token from before is tried.');
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
async function checkLogin(api: FyersApi, logger: OpenContext['logger'], stop: AbortSignal): Promise<void> {
  try {
    const markets = await fetchMarketStatus(api, stop, OPENING_ATTEMPTS);
    logger.info('Fyers told how the markets stand.', { markets: markets.length });
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (!error.retryable) throw error;
    logger.warn('The login could not be checked.', { code: error.code });
  }
}
