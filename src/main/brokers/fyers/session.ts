import { SECOND_MS } from '../../../core/brand.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import { listDay } from '../daily-list.ts';
import type { Jitter } from '../transport/back-off.ts';
import { createHttp } from '../transport/http.ts';
import type { Patience } from '../transport/patience.ts';
import { budgetOf, createFyersApi, type FyersApi } from './api.ts';
import { readCredentials } from './credentials.ts';
import { createFyersFeed } from './feed.ts';
import { createFyersHistory } from './history.ts';
import { loadInstruments } from './instruments.ts';
import { logInToOpen, logInToRenew } from './open-login.ts';
import { createFyersQuotes } from './quotes.ts';
import { serversOf } from './servers.ts';
import { holdLogin, type LoginHolder } from './session-login.ts';
import { TOPICS_PER_SOCKET } from './wire.ts';

const LIST_TIMEOUT_MS = 30 * SECOND_MS;

/** What tests turn; the app leaves it out. */
export interface FyersTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly mostTopics?: number;
}

/**
 * Takes the login, checks it, or logs in where it has ended, finds the instruments, and hands out feed, quotes and history that share the login and
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

  const { appId } = readCredentials(context.credentials);
  // A list is too much for a recording, and of derivatives too long for the usual wait.
  const sendList = createHttp({ venue: 'Fyers', clock, timeoutMs: LIST_TIMEOUT_MS });
  const rest = { apiUrl: servers.api, send, sendList, budget: budgetOf(clock, appId), clock, jitter };
  const apiOf = (holder: LoginHolder): FyersApi => createFyersApi({ ...rest, login: holder });
  const loginParts = { context, apiUrl: servers.api, send, apiOf };
  const login = holdLogin(await logInToOpen(loginParts, stop));
  const api = apiOf(login);

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
      login.replace(await logInToRenew(loginParts, credentials, stop));
    },
    loginUntil: () => login.current.expiresAt,
    playback: undefined,
  };
}
