import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import { listDay } from '../daily-list.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Patience } from '../transport/connection.ts';
import { createHttp } from '../transport/http.ts';
import { kiteAddresses } from './addresses.ts';
import { createKiteApi } from './api.ts';
import { createKiteFeed } from './feed.ts';
import { createKiteHistory } from './history.ts';
import { loadInstruments } from './instruments.ts';
import { createLogin } from './login.ts';
import { manifest } from './manifest.ts';
import { logInToOpen, logInToRenew } from './open-login.ts';
import { createKiteQuotes } from './quotes.ts';
import type { SocketLimits } from './subscribe.ts';

/** What tests turn; the app leaves it out. */
export interface KiteTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly limits?: SocketLimits;
}

/**
 * Logs in, checks the login, finds the instruments, and hands out feed, quotes and history that share the
 * login and its limits. `renew` gives them all another token.
 *
 * Throws AppError: `invalid-input` for misshapen credentials or addresses, `auth-expired` when a login is
 * needed, `forbidden` when the account may not, `network` when Kite cannot be reached and no list of
 * instruments was kept from before.
 */
export async function openKite(context: OpenContext, tuning: KiteTuning = {}): Promise<BrokerSession> {
  const { clock, calendarOf, logger, endpoints, tap } = context;
  const { jitter = Math.random, limits = manifest.limits, patience } = tuning;
  const { apiUrl, wsUrl } = kiteAddresses(endpoints);
  // Opening is short and ends by its own time limits.
  const stop = new AbortController().signal;
  // Nobody listens in on logins.
  const parts = { context, apiUrl, send: createHttp({ venue: 'Kite', clock }), jitter };

  const token = await logInToOpen(parts, stop);
  const login = createLogin(token.apiKey, token.accessToken, clock.now());
  const api = createKiteApi({ apiUrl, login, send: createHttp({ venue: 'Kite', clock, tap }), clock, jitter });

  const day = listDay(clock.now(), calendarOf('nse-cas'));
  const { cacheDir, renames } = context;
  const { known } = await loadInstruments(context.instruments, { api, cacheDir, day, logger, renames }, stop);
  const shared = { login, api, instruments: known, clock, jitter, logger, calendarOf, limits, patience, wsUrl, tap };
  return {
    instruments: known.map(({ instrument }) => instrument),
    feed: createKiteFeed(shared),
    quotes: createKiteQuotes(shared),
    history: createKiteHistory(shared),
    async renew(credentials) {
      const { apiKey, accessToken } = await logInToRenew(parts, credentials, stop);
      login.renew(apiKey, accessToken, clock.now());
    },
    loginUntil: () => login.expiresAt,
    playback: undefined,
  };
}
