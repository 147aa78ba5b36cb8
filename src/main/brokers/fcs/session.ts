import { SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import { createHttp } from '../transport/http.ts';
import type { Patience } from '../transport/patience.ts';
import { createFcsApi, type FcsApi } from './api.ts';
import { readCredentials } from './credentials.ts';
import { createFcsFeed } from './feed.ts';
import { createFcsHistory } from './history.ts';
import { type AskSymbols, settleInstruments } from './instruments.ts';
import { readOptions } from './options.ts';
import { askLatest, createFcsQuotes } from './quotes.ts';
import { FCS_API_URL, FCS_WS_URL, REST_TIMEOUT_MS } from './wire.ts';

/** A person is waiting: what is not known of a symbol by then is a guess. */
const OPENING_MS = 4 * SECOND_MS;

const TOO_LATE = new AppError('network', 'FCS has not said yet what it knows of the symbols.');

/** What tests turn; the app leaves it out. */
export interface FcsTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
}

/**
 * Hands out the feed, and quotes and history where there is a key of one's own: the demo key is not known to work for
 * them. Nothing is asked of the venue but symbols that no preset has. `renew` gives all of them another key.
 *
 * Throws AppError `invalid-input` for misshapen keys or addresses.
 */
export async function openFcs(context: OpenContext, tuning: FcsTuning = {}): Promise<BrokerSession> {
  const { clock, calendarOf, logger, endpoints, tap } = context;
  const { jitter = Math.random, patience } = tuning;
  const apiUrl = addressOf(endpoints.api ?? FCS_API_URL, ['https:', 'http:'], 'TICKSCOPE_FCS_API_URL');
  const wsUrl = addressOf(endpoints.ws ?? FCS_WS_URL, ['wss:', 'ws:'], 'TICKSCOPE_FCS_WS_URL');
  const options = readOptions(context.options);
  let credentials = readCredentials(context.credentials);
  if (credentials.isDemo) logger.info('FCS: no key was entered. The public demo key is used, for the live feed only.');

  const send = createHttp({ venue: 'FCS', clock, timeoutMs: REST_TIMEOUT_MS, tap });
  const api = createFcsApi({ apiUrl, credentials: () => credentials, options, send, clock, jitter });
  const ask = credentials.isDemo ? undefined : symbolsWithin(OPENING_MS, api, context);
  const instruments = await settleInstruments(context.instruments, ask, logger);

  const parts = { api, instruments, clock, jitter, logger, calendarOf, options, patience, wsUrl, tap };
  const quotes = createFcsQuotes(parts);
  const history = createFcsHistory(parts);
  return {
    instruments,
    feed: createFcsFeed({ ...parts, credentials: () => credentials }),
    get quotes() {
      return credentials.isDemo ? undefined : quotes;
    },
    get history() {
      return credentials.isDemo ? undefined : history;
    },
    async renew(fields) {
      credentials = readCredentials(fields);
    },
    playback: undefined,
  };
}

/** One attempt for each market, all of them within `ms`. */
function symbolsWithin(ms: number, api: FcsApi, { clock }: OpenContext): AskSymbols {
  const late = new AbortController();
  let isCounting = false;
  return async (market, symbols) => {
    if (!isCounting) clock.after(ms, () => late.abort(TOO_LATE));
    isCounting = true;
    return (await askLatest(api, market, symbols, late.signal, 1)).rows;
  };
}

/** The address without a slash at its end. The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}
