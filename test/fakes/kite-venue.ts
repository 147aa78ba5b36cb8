/**
 * Zerodha Kite on 127.0.0.1: REST and ticker over real sockets, as docs/wire-formats/kite.md describes them,
 * with switches for everything that can go wrong. The official `kiteconnect` client accepts it.
 *
 *     const venue = await startKiteVenue();                   // five instruments, or { instruments: instrumentsFor(keys) }
 *     … TICKSCOPE_KITE_API_URL=venue.apiUrl TICKSCOPE_KITE_WS_URL=venue.wsUrl,
 *       credentials venue.apiKey and venue.accessToken, or venue.apiSecret and venue.issueRequestToken(), or
 *       TICKSCOPE_KITE_LOGIN_URL=venue.loginUrl and venue.person, who logs in without a browser …
 *     await venue.tick({ token: INFY.token, ltp: 1573.7, dayVolume: 100, exchangeTime: Date.now() });
 *     const stop = venue.startMarket(250);                    // every instrument moves four times a second
 *     venue.faults.heartbeatsOnly = true; venue.kill(); venue.faults.api = 'html'; venue.expireToken();
 *     await venue.close();
 *
 * A tick changes the instrument's state; subscribers get it in the mode they asked for, and whoever subscribes
 * later gets the state at once, as with Kite. History is made up (`madeUpMinute`) or laid down by `setMinutes`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeCandle } from './kite-candles.ts';
import { FAKE_INSTRUMENTS, type FakeInstrument } from './kite-instruments.ts';
import { createLoginPages, type LoginFaults } from './kite-login.ts';
import type { FakeTick } from './kite-packets.ts';
import { createRest, type RestFaults } from './kite-rest.ts';
import { type FakeTicker, startTicker, type TickerFaults } from './kite-ticker.ts';

export interface KiteVenueOptions {
  readonly instruments?: readonly FakeInstrument[];
  /** The venue's idea of the time; the machine's unless given. */
  readonly now?: () => number;
  readonly heartbeatMs?: number;
  readonly mostConnections?: number;
  /** Answer 429 above 1 quote, 3 history and 10 other requests a second. On unless switched off. */
  readonly keepsLimits?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly version: string | undefined;
  /** By the venue's clock. */
  readonly at: number;
}

export interface KiteVenue {
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly loginUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The one that is valid now. */
  readonly accessToken: string;
  /** Credential fields for a login by itself. */
  readonly person: Readonly<Record<'apiKey' | 'apiSecret' | 'userId' | 'password' | 'totpSecret', string>>;
  readonly faults: RestFaults & TickerFaults & LoginFaults;
  /** Every REST request so far. */
  readonly requests: readonly SeenRequest[];
  readonly ticker: FakeTicker;
  /** Good for one exchange. */
  issueRequestToken(): string;
  /** As at six in the morning: the access token is worth nothing any more. Open sockets stay. */
  expireToken(): void;
  /** Changes states and tells subscribers. Resolves once the bytes are handed over. */
  tick(...ticks: readonly FakeTick[]): Promise<void>;
  /** Any message to every client. */
  send(message: Uint8Array | string): Promise<void>;
  /** Cuts every connection. */
  kill(): void;
  /** Lays down the minutes an instrument's history is made of. */
  setMinutes(token: number, minutes: readonly FakeCandle[]): void;
  /** Moves every instrument each `everyMs`, up and down by turns of some seconds. Returns the way to stop. */
  startMarket(everyMs: number): () => void;
  close(): Promise<void>;
}

/** See the top of this file. */
export async function startKiteVenue(options: KiteVenueOptions = {}): Promise<KiteVenue> {
  const { instruments = FAKE_INSTRUMENTS, now = Date.now, heartbeatMs = 1_000, mostConnections = 3 } = options;
  const apiKey = 'testapikey';
  const apiSecret = 'testapisecret';
  const person = {
    apiKey,
    apiSecret,
    userId: 'AB1234',
    password: 'hunter22 & co',
    totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  };
  const faults: RestFaults & TickerFaults & LoginFaults = {
    api: undefined,
    login: undefined,
    upgrade: undefined,
    silent: false,
    heartbeatsOnly: false,
  };
  const requests: SeenRequest[] = [];
  const requestTokens = new Set<string>();
  const minutes = new Map<number, readonly FakeCandle[]>();
  const states = new Map(instruments.map((instrument) => [instrument.token, firstState(instrument, now())]));
  const markets = new Set<() => void>();
  let issued = 0;
  let accessToken: string | undefined = 'fake-access-token-0';

  const shared = {
    faults,
    isAllowed: (key: string | null, token: string | null) => key === apiKey && token !== null && token === accessToken,
    stateOf: (token: number) => states.get(token),
  };
  const rest = createRest({
    ...shared,
    apiKey,
    apiSecret,
    instruments,
    minutes,
    now,
    keepsLimits: options.keepsLimits ?? true,
    exchange(requestToken) {
      if (!requestTokens.delete(requestToken)) return undefined;
      issued += 1;
      accessToken = `fake-access-token-${issued}`;
      return accessToken;
    },
  });
  const issueRequestToken = (): string => {
    issued += 1;
    const token = `fake-request-token-${issued}`;
    requestTokens.add(token);
    return token;
  };
  const logIn = createLoginPages({ ...person, faults, now, issueRequestToken });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const version = request.headers['x-kite-version'];
    requests.push({
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      version: typeof version === 'string' ? version : undefined,
      at: now(),
    });
    if (!logIn(request, response)) rest(request, response);
  });
  const ticker = startTicker({ ...shared, server, heartbeatMs, mostConnections });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;

  const tick = (...ticks: readonly FakeTick[]): Promise<void> => {
    for (const state of ticks) states.set(state.token, state);
    return ticker.tick(ticks);
  };
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    loginUrl: `http://127.0.0.1:${port}`,
    apiKey,
    apiSecret,
    get accessToken() {
      return accessToken ?? 'expired';
    },
    person,
    faults,
    requests,
    ticker,
    issueRequestToken,
    expireToken() {
      accessToken = undefined;
    },
    tick,
    send: (message) => ticker.send(message),
    kill: () => ticker.kill(),
    setMinutes: (token, candles) => minutes.set(token, candles),
    startMarket(everyMs) {
      let step = 0;
      const timer = setInterval(() => {
        step += 1;
        void tick(...[...states.values()].map((state, place) => moved(state, step + place, now())));
      }, everyMs);
      const stop = (): void => clearInterval(timer);
      markets.add(stop);
      return stop;
    },
    async close() {
      for (const stop of markets) stop();
      ticker.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As a venue is before the day's first move: at yesterday's close. */
function firstState({ token, price }: FakeInstrument, now: number): FakeTick {
  const day = { open: price, high: price, low: price, close: price };
  return { token, ltp: price, dayVolume: 1_000, lastQuantity: 1, ...day, lastTradeTime: now, exchangeTime: now };
}

function moved(state: FakeTick, step: number, now: number): FakeTick {
  const base = state.close ?? state.ltp;
  const ltp = Math.round(base * (1 + 0.01 * Math.sin(step / 40) + 0.001 * Math.sin(step * 1.7)) * 20) / 20;
  return {
    ...state,
    ltp,
    high: Math.max(state.high ?? ltp, ltp),
    low: Math.min(state.low ?? ltp, ltp),
    dayVolume: (state.dayVolume ?? 0) + 1 + (step % 50),
    lastTradeTime: now,
    exchangeTime: now,
  };
}
