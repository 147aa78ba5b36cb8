import { AppError } from '../../../core/errors.ts';
import type { BrokerSession } from '../../engine/ports.ts';
import type { OpenContext } from '../broker-module.ts';
import type { Jitter } from '../transport/back-off.ts';
import { createHttp } from '../transport/http.ts';
import type { Patience } from '../transport/patience.ts';
import { createKucoinApi } from './api.ts';
import { createConnector } from './connector.ts';
import { createKucoinFeed } from './feed.ts';
import { createKucoinHistory } from './history.ts';
import { loadInstruments } from './instruments.ts';
import { manifest } from './manifest.ts';
import { createKucoinQuotes } from './quotes.ts';
import { ServerClock } from './server-clock.ts';
import { KUCOIN_API_URL, LIMITS, ROTATION } from './wire.ts';

/** What tests turn; the app leaves it out. */
export interface KucoinTuning {
  readonly jitter?: Jitter;
  readonly patience?: Partial<Patience>;
  readonly mostConnections?: number;
}

/**
 * Finds the instruments and hands out feed, quotes and history that share KuCoin's limits. Nobody logs in.
 *
 * Throws AppError: `invalid-input` for a misshapen address, `not-found` when KuCoin trades none of the instruments,
 * `network` or `rate-limited` when it does not answer and no list of instruments was kept from before.
 */
export async function openKucoin(context: OpenContext, tuning: KucoinTuning = {}): Promise<BrokerSession> {
  const { clock, logger, endpoints, options, tap, cacheDir } = context;
  const { jitter = Math.random, patience, mostConnections = manifest.limits.sockets } = tuning;
  const base = addressOf(endpoints.api ?? KUCOIN_API_URL, ['https:', 'http:'], 'TICKSCOPE_KUCOIN_API_URL');
  const apiUrl = base.replace(/\/+$/, '');
  const wsUrl = endpoints.ws && addressOf(endpoints.ws, ['wss:', 'ws:'], 'TICKSCOPE_KUCOIN_WS_URL');

  const api = createKucoinApi({ apiUrl, send: createHttp({ venue: 'KuCoin', clock, tap }), clock, jitter });
  // Opening is short and ends by its own time limits.
  const stop = new AbortController().signal;
  const known = await loadInstruments(context.instruments, { api, cacheDir, logger }, stop);
  const serverClock = new ServerClock({ api, clock, logger });
  const connector = createConnector({ api, clock, wsUrl, tap });
  const parts = { api, clock, jitter, logger, instruments: known, serverClock, connector, patience, mostConnections };
  return {
    instruments: known.map(({ instrument }) => instrument),
    feed: createKucoinFeed({
      ...parts,
      topicsPerConnection: numberOf(options['topicsPerConnection'], LIMITS.topicsPerConnection),
      rotateHours: numberOf(options['rotateHours'], ROTATION.hours),
    }),
    quotes: createKucoinQuotes(parts),
    history: createKucoinHistory(parts),
    playback: undefined,
  };
}

function numberOf(value: unknown, usual: number): number {
  return typeof value === 'number' ? value : usual;
}

/** The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text;
}
