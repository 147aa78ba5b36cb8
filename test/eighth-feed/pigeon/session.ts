import type { BrokerSession, OpenContext } from '../../../src/main/brokers/broker-module.ts';
import type { Jitter } from '../../../src/main/brokers/transport/back-off.ts';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { addressesOf } from './addresses.ts';
import { createPigeonApi } from './api.ts';
import { createPigeonFeed } from './feed.ts';
import { createPigeonHistory } from './history.ts';
import { readSymbols, settleInstruments } from './instruments.ts';
import { endOf, readToken } from './login.ts';
import { manifest } from './manifest.ts';
import { createPigeonQuotes } from './quotes.ts';

/** Asks for the list of symbols, which shows that the token holds. Throws AppError. */
export async function openPigeon(context: OpenContext, jitter: Jitter = Math.random): Promise<BrokerSession> {
  const { clock, calendarOf, logger, endpoints, options, tap } = context;
  const { apiUrl, wsUrl } = addressesOf(endpoints);
  const send = createHttp({ venue: 'The Pigeon Exchange', clock, tap });
  const { requestsPerMinute } = { ...initials(), ...options };
  const shared = { apiUrl, send, clock, jitter, requestsPerMinute: Number(requestsPerMinute) };

  let token = readToken(context.credentials, clock.now());
  const never = new AbortController().signal;
  const api = createPigeonApi({ ...shared, token: () => token });
  // A person is waiting: one attempt.
  const listed = readSymbols(await api.get('symbols', {}, never, 1));
  const instruments = settleInstruments(context.instruments, listed, logger);
  const offers = options['offers'] !== false;
  return {
    instruments,
    feed: createPigeonFeed({ wsUrl, instruments, offers, clock, jitter, logger, tap, token: () => token }),
    quotes: createPigeonQuotes(api, instruments, clock),
    history: createPigeonHistory({ api, instruments, clock, calendarOf }),
    async renew(fields) {
      const fresh = readToken(fields, clock.now());
      await createPigeonApi({ ...shared, token: () => fresh }).get('symbols', {}, never, 1);
      token = fresh;
    },
    loginUntil: () => endOf(token),
    playback: undefined,
  };
}

function initials(): Readonly<Record<string, unknown>> {
  return Object.fromEntries((manifest.options ?? []).map(({ name, initial }) => [name, initial]));
}
