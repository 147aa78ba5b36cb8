/**
 * Fyers on 127.0.0.1: REST, logins, data socket and order socket, as docs/wire-formats/fyers.md describes them, with
 * switches for what can go wrong. The official `fyers-api-v3` client accepts it.
 *
 *     const venue = await startFyersVenue();                  // five symbols, or { symbols: symbolsFor(names) }
 *     … TICKSCOPE_FYERS_API_URL=venue.apiUrl TICKSCOPE_FYERS_WS_URL=venue.wsUrl,
 *       credentials ACCOUNT.appId and venue.accessToken, or all of ACCOUNT for the login without a browser …
 *     await venue.tick(SBIN, { ltp: 806.4, v: 3_045_212, ltt: seconds, fdtm: seconds, ltq: 5 });
 *     await venue.book(SBIN, { bp: 806.35, bq: 20, sp: 806.45, bs: 10 });
 *     venue.faults.mute = true; venue.kill(); venue.faults.api = 'html'; venue.expireToken();
 *     await venue.close();
 *
 * Values have the venue's own short names (fyers-frames.ts). Whoever subscribes gets a snapshot, and then what moves.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDataSocket, type DataFaults, type FakeDataSocket, type FakeTopic } from './fyers-data-socket.ts';
import type { FakeValues } from './fyers-frames.ts';
import { ACCOUNT, createLoginDesk, type LoginDesk, type LoginFaults } from './fyers-login.ts';
import { createOrderSocket, type FakeOrderSocket } from './fyers-order-socket.ts';
import { createRest, type RestFaults } from './fyers-rest.ts';
import { FAKE_SYMBOLS, type FakeSymbol, topicOf } from './fyers-symbols.ts';

export interface FyersVenueOptions {
  readonly symbols?: readonly FakeSymbol[];
  /** The venue's idea of the time; the machine's unless given. */
  readonly now?: () => number;
  /** How many data frames want one acknowledgement; 0 is none. */
  readonly acknowledgeEvery?: number;
  /** How long an access token lives; most of a day unless given. */
  readonly tokenSeconds?: number;
  /** Answer 429 above 10 requests a second and 200 a minute. On unless switched off. */
  readonly keepsLimits?: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface VenueFaults extends RestFaults, LoginFaults, DataFaults {
  /** Answer upgrades with this HTTP status. */
  upgrade: number | undefined;
}

export interface FyersVenue {
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly login: LoginDesk;
  /** The one that is valid now. */
  readonly accessToken: string;
  readonly faults: VenueFaults;
  /** Every REST request so far. */
  readonly requests: readonly SeenRequest[];
  /** Paths of every upgrade asked for, refused ones included. */
  readonly upgrades: readonly string[];
  readonly data: FakeDataSocket;
  readonly orders: FakeOrderSocket;
  /** As at six in the morning: the access token is worth nothing any more. Open sockets stay. */
  expireToken(): void;
  /** Changes values of a symbol and tells subscribers. Resolves once the bytes are handed over. */
  tick(symbol: FakeSymbol, values: FakeValues): Promise<void>;
  /** The same for many, in one frame. */
  tickAll(changes: ReadonlyMap<FakeSymbol, FakeValues>): Promise<void>;
  /** Changes values of a symbol's order book. */
  book(symbol: FakeSymbol, values: FakeValues): Promise<void>;
  /** Cuts every connection. */
  kill(): void;
  close(): Promise<void>;
}

/** See the top of this file. */
export async function startFyersVenue(options: FyersVenueOptions = {}): Promise<FyersVenue> {
  const { symbols = FAKE_SYMBOLS, now = Date.now, acknowledgeEvery = 2, keepsLimits = true } = options;
  const faults: VenueFaults = {
    api: undefined,
    login: undefined,
    refuseCodes: 0,
    authCodeIn: 'url',
    dataLogin: undefined,
    subscribe: undefined,
    mute: false,
    upgrade: undefined,
  };
  const login = createLoginDesk(now, faults, options.tokenSeconds);
  const states = new Map<string, FakeValues>(symbols.map((symbol) => [topicOf(symbol), firstState(symbol, now())]));
  const known = new Map(
    symbols.flatMap((symbol) => {
      const topic = topicOf(symbol);
      return [[topic, symbol] as const, [topic.replace(/^sf/, 'dp'), symbol] as const];
    }),
  );
  const isAllowed = (authorization: string): boolean => authorization === `${ACCOUNT.appId}:${login.accessToken}`;
  const requests: SeenRequest[] = [];
  const upgrades: string[] = [];
  const stateOf = (ticker: string): FakeValues | undefined => {
    const symbol = symbols.find((each) => each.ticker === ticker);
    return symbol && states.get(topicOf(symbol));
  };
  const rest = createRest({ symbols, faults, login, keepsLimits, now, isAllowed, stateOf });
  const topic = (name: string): FakeTopic | undefined => {
    const symbol = known.get(name);
    if (symbol === undefined) return undefined;
    const { indexName, fyToken, ticker } = symbol;
    const place =
      indexName === undefined
        ? { token: fyToken.slice(10), symbol: ticker.slice(ticker.indexOf(':') + 1) }
        : { token: indexName, symbol: indexName };
    return { segment: 'nse_cm', ...place, values: states.get(name) ?? {} };
  };
  const data = createDataSocket({ faults, acknowledgeEvery, topic, isKey: (key) => key === login.hsmKey });
  const orders = createOrderSocket();

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    requests.push({ method: request.method ?? '', path: pathname, query: searchParams });
    rest(request, response);
  });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const path = request.url ?? '';
    upgrades.push(path);
    // Whoever was refused may hang up first.
    socket.on('error', () => undefined);
    const target = path === '/hsm/v1-5/prod' ? data.server : path === '/trade/v3' ? orders.server : undefined;
    const isOrders = target === orders.server;
    const refusal =
      faults.upgrade ??
      (target === undefined ? 404 : isOrders && !isAllowed(request.headers.authorization ?? '') ? 403 : undefined);
    if (refusal !== undefined || target === undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client, request));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;

  const change = (changes: ReadonlyMap<string, FakeValues>): Promise<void> => {
    for (const [name, values] of changes) states.set(name, { ...states.get(name), ...values });
    return data.tell(changes);
  };
  const tickAll = (changes: ReadonlyMap<FakeSymbol, FakeValues>): Promise<void> =>
    change(new Map([...changes].map(([symbol, values]) => [topicOf(symbol), values])));
  const kill = (): void => {
    for (const client of [...data.server.clients, ...orders.server.clients]) client.terminate();
  };
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    login,
    get accessToken() {
      return login.accessToken;
    },
    faults,
    requests,
    upgrades,
    data,
    orders,
    expireToken: () => login.expire(),
    tick: (symbol, values) => tickAll(new Map([[symbol, values]])),
    tickAll,
    book: (symbol, values) => change(new Map([[topicOf(symbol).replace(/^sf/, 'dp'), values]])),
    kill,
    async close() {
      kill();
      data.server.close();
      orders.server.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As a venue is before the day's first move: at yesterday's close. */
function firstState({ indexName, price }: FakeSymbol, now: number): FakeValues {
  const seconds = Math.floor(now / 1_000);
  if (indexName !== undefined)
    return { iv: price, ic: price, tvalue: seconds, highPrice: price, lowPrice: price, openingPrice: price };
  const day = { op: price, h: price, lo: price, c: price };
  return { ltp: price, v: 1_000, ltt: seconds, fdtm: seconds, ltq: 1, ...day };
}
