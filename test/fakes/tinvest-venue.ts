/**
 * T-Invest on 127.0.0.1: REST and stream over real sockets on one port, as docs/wire-formats/tinvest.md describes them, with
 * switches for everything that can go wrong. The generated protobuf code of `tinkoff-invest-api` reads what it sends.
 *
 *     const venue = await startTinvestVenue();               // three shares, or { instruments: instrumentsFor(tickers) }
 *     … TICKSCOPE_TINVEST_API_URL=venue.apiUrl TICKSCOPE_TINVEST_WS_URL=venue.wsUrl, credentials { token: venue.token } …
 *     venue.trade({ uid: SBER.uid, price: 250.07, quantity: 3, side: 'buy', time: Date.now() });
 *     venue.faults.silent = true; venue.stream.kill(); venue.faults.api = 'html'; venue.expireToken();
 *     await venue.close();
 *
 * Trades are kept for `GetLastTrades` whether anybody is subscribed or not. With `tls` it speaks https and wss.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  FAKE_INSTRUMENTS,
  type FakeBook,
  type FakeCandle,
  type FakeInstrument,
  type FakeTrade,
} from './tinvest-frames.ts';
import { createRest, type RestFaults } from './tinvest-rest.ts';
import { type FakeStream, type StreamFaults, startStream } from './tinvest-stream.ts';
import type { StreamRules } from './tinvest-stream-client.ts';

export interface TinvestVenueOptions {
  readonly instruments?: readonly FakeInstrument[];
  /** The venue's idea of the time; the machine's unless given. */
  readonly now?: () => number;
  readonly rules?: Partial<StreamRules>;
  readonly mostStreams?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface SeenCall {
  /** `MarketDataService/GetCandles`. */
  readonly method: string;
  readonly time: number;
}

export interface TinvestVenue {
  readonly apiUrl: string;
  readonly wsUrl: string;
  /** The one that is valid now. */
  readonly token: string;
  readonly faults: RestFaults & StreamFaults;
  /** Every REST call so far. */
  readonly calls: readonly SeenCall[];
  /** The body of every call, as text. */
  readonly bodies: readonly { readonly method: string; readonly body: string }[];
  readonly stream: FakeStream;
  /** The token is worth nothing any more. Open streams stay. */
  expireToken(): void;
  /** Another token takes its place. */
  newToken(): string;
  trade(trade: FakeTrade): void;
  candle(candle: FakeCandle): void;
  book(book: FakeBook): void;
  lastPrice(uid: string, price: number, time: number): void;
  /** Trading status, such as `BREAK_IN_TRADING`. */
  status(uid: string, word: string): void;
  /** Any message to every client. */
  send(text: string): void;
  hangUp(code: number): void;
  close(): Promise<void>;
}

/** See the top of this file. */
export async function startTinvestVenue(options: TinvestVenueOptions = {}): Promise<TinvestVenue> {
  const { instruments = FAKE_INSTRUMENTS, now = Date.now, mostStreams = 16, tls } = options;
  const faults: RestFaults & StreamFaults = {
    api: undefined,
    tooMany: undefined,
    upgrade: undefined,
    silent: false,
    handshake: 'any',
    checksToken: 'upgrade',
    statuses: new Map(),
    forgotten: new Set(),
    noRollCall: false,
  };
  const trades: FakeTrade[] = [];
  const calls: SeenCall[] = [];
  const bodies: { readonly method: string; readonly body: string }[] = [];
  const pictures = new Map(instruments.map(({ uid, price }) => [uid, { price, time: now() - 1_000 }]));
  let issued = 0;
  let token: string | undefined = 't.fake-token-0';

  const shared = {
    faults,
    now,
    isAllowed: (given: string) => token !== undefined && given === token,
    find: (id: string) =>
      instruments.find(({ uid, figi, ticker, classCode }) => [uid, figi, `${ticker}_${classCode}`].includes(id)),
    picture: (uid: string) => pictures.get(uid) ?? { price: 1, time: now() },
  };
  const rest = createRest({ ...shared, instruments, trades, heard: (method, body) => bodies.push({ method, body }) });
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  server.on('request', (request, response) => {
    const [, method = request.url ?? ''] = /contract\.v1\.(.*)$/.exec(request.url ?? '') ?? [];
    calls.push({ method, time: Date.now() });
    rest(request, response);
  });
  const stream = startStream({
    ...shared,
    server,
    mostStreams,
    rules: { mostSubscriptions: 300, framesAMinute: 100, pingScale: 1, ...options.rules },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;

  return {
    apiUrl: `${tls === undefined ? 'http' : 'https'}://${host}/rest`,
    wsUrl: `${tls === undefined ? 'ws' : 'wss'}://${host}/ws`,
    get token() {
      return token ?? 't.expired';
    },
    faults,
    calls,
    bodies,
    stream,
    expireToken() {
      token = undefined;
    },
    newToken() {
      issued += 1;
      token = `t.fake-token-${issued}`;
      return token;
    },
    trade(trade) {
      trades.push(trade);
      pictures.set(trade.uid, trade);
      for (const client of stream.clients) {
        client.trade(trade);
        client.lastPrice(trade.uid, trade.price, trade.time);
      }
    },
    candle: (candle) => stream.clients.forEach((client) => void client.candle(candle)),
    book: (book) => stream.clients.forEach((client) => void client.book(book)),
    lastPrice(uid, price, time) {
      pictures.set(uid, { price, time });
      for (const client of stream.clients) client.lastPrice(uid, price, time);
    },
    status: (uid, word) => stream.clients.forEach((client) => void client.status(uid, word, now())),
    send: (text) => stream.clients.forEach((client) => void client.send(text)),
    hangUp: (code) => stream.clients.forEach((client) => void client.hangUp(code)),
    async close() {
      stream.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
