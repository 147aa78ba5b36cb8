import { AppError } from '../../../core/errors.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Patience } from '../transport/connection.ts';
import { createHttp } from '../transport/http.ts';
import { createTinvestApi, type TinvestApi } from './api.ts';
import { readCaFile } from './ca-file.ts';
import { createAccess, readToken } from './credentials.ts';
import { createTinvestFeed } from './feed.ts';
import { createHandshake } from './handshake.ts';
import { createTinvestHistory } from './history.ts';
import { InstrumentCache } from './instrument-cache.ts';
import { loadInstruments } from './instruments.ts';
import { readOptions } from './options.ts';
import { createTinvestTrades } from './past-trades.ts';
import { createTinvestQuotes } from './quotes.ts';
import type { StreamLimits } from './subscriptions.ts';
import { SERVERS, STREAM_LIMITS } from './wire.ts';

/** What tests turn; the app leaves it out. */
export interface TinvestTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly limits?: StreamLimits;
}

/** A person is waiting: what opening cannot get in two attempts is an error to show, or to do without. */
const OPENING_ATTEMPTS = 2;

/**
 * Reads the token and the CA file, finds the instruments, checks the token, and hands out feed, quotes, history and past
 * trades that share token and limits.
 *
 * Throws AppError: `invalid-input` for misshapen options, addresses or tokens, `not-found` for a CA file that is not there,
 * `auth-expired` when a token is needed, `forbidden` when the certificate is not accepted, `network` when T-Invest cannot
 * be reached and nothing was kept from before.
 */
export async function openTinvest(context: OpenContext, tuning: TinvestTuning = {}): Promise<BrokerSession> {
  const { clock, calendarOf, logger, endpoints, tap } = context;
  const { jitter = Math.random, limits = STREAM_LIMITS, patience } = tuning;
  const options = readOptions(context.options);
  const contour = options.isSandbox ? 'sandbox' : 'production';
  const apiUrl = addressOf(endpoints.api ?? SERVERS[contour].api, ['https:', 'http:'], 'TICKSCOPE_TINVEST_API_URL');
  const wsUrl = addressOf(endpoints.ws ?? SERVERS[contour].ws, ['wss:', 'ws:'], 'TICKSCOPE_TINVEST_WS_URL');
  const access = createAccess(readToken(context.credentials));
  const authorities = options.caFile === undefined ? [] : await readCaFile(options.caFile, clock.now(), logger);
  const ca = authorities.map(({ pem }) => pem);
  // Opening is short and ends by its own time limits.
  const stop = new AbortController().signal;
  const send = createHttp({ venue: 'T-Invest', clock, ca, tap });
  const common = { apiUrl, send, clock, jitter, hasCaFile: ca.length > 0 };
  const api = createTinvestApi({ ...common, access });

  const cache = await InstrumentCache.open(context.cacheDir, contour, logger);
  const instruments = await loadInstruments(context.instruments, { api, cache, clock, logger }, stop);
  const uids = instruments.map(({ uid }) => uid);
  try {
    await askPrices(api, uids, stop);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (!error.retryable) throw error;
    logger.warn('The token of T-Invest could not be checked.', { code: error.code });
  }

  const parts = { api, instruments, clock, logger, calendarOf };
  const [quotes, history] = [createTinvestQuotes(parts), createTinvestHistory(parts)];
  const handshake = createHandshake(options.handshake);
  const ways = { access, handshake, options, wsUrl, ca, tap };
  return {
    instruments: instruments.map(({ instrument }) => instrument),
    feed: createTinvestFeed({ ...parts, ...ways, quotes, history, limits, jitter, patience }),
    quotes,
    history,
    trades: createTinvestTrades(parts),
    async renew(credentials) {
      const next = createAccess(readToken(credentials));
      await askPrices(createTinvestApi({ ...common, access: next }), uids, stop);
      access.renew(next.token);
    },
    playback: undefined,
  };
}

/** One cheap call tells a dead token, in the sandbox too. */
async function askPrices(api: TinvestApi, uids: readonly string[], stop: AbortSignal): Promise<void> {
  if (uids.length === 0) return;
  const body = { instrumentId: uids.slice(0, 1) };
  await api.call('MarketDataService', 'GetLastPrices', body, stop, OPENING_ATTEMPTS);
}

/** The address without a slash at its end. The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}
