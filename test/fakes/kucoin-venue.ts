/**
 * KuCoin's spot market on 127.0.0.1: REST and stream over real sockets, as docs/wire-formats/kucoin.md describes them,
 * with switches for everything that can go wrong. The official `kucoin-universal-sdk` accepts it.
 *
 *     const venue = await startKucoinVenue();            // BTC, ETH, GALAX (shown as GALA) and a halted one
 *     … TICKSCOPE_KUCOIN_API_URL=venue.apiUrl; the stream's address comes with the token …
 *     await venue.trade('BTC-USDT', { price: '67523', size: '0.003' });
 *     await venue.push(candlePush('BTC-USDT', '1min', row, time));
 *     venue.faults.pongs = false; venue.expireTokens(); venue.clients[0]?.drop(); venue.faults.api = 'html';
 *     await venue.close();
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { FakeClient, type SeenFrame, type StreamFaults } from './kucoin-client.ts';
import {
  type FakePush,
  type FakeQuote,
  type FakeRow,
  type FakeTrade,
  quotePush,
  tradePush,
} from './kucoin-messages.ts';
import { createRest, type RestFaults } from './kucoin-rest.ts';
import { FAKE_SYMBOLS, type FakeSymbol } from './kucoin-symbols.ts';

export interface KucoinVenueOptions {
  readonly symbols?: readonly FakeSymbol[];
  /** The venue's idea of the time; the machine's unless given. */
  readonly now?: () => number;
  readonly pingIntervalMs?: number;
  readonly pingTimeoutMs?: number;
  readonly mostTopics?: number;
  readonly mostPerFrame?: number;
  /** Servers that the token names before the one that answers: ports where nobody listens. */
  readonly deadServers?: number;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly at: number;
  readonly bodyBytes: number;
}

export interface KucoinVenue {
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly faults: RestFaults & StreamFaults;
  /** Every REST request so far. */
  readonly requests: readonly SeenRequest[];
  /** Every connection so far, closed ones included. */
  readonly clients: readonly FakeClient[];
  /** Every frame of every client, in order. */
  readonly frames: readonly SeenFrame[];
  /** Every token given so far. They hold `=` and `.`, as the real ones do. */
  readonly tokens: readonly string[];
  /** No token given so far lets anybody in any more. Open connections stay. */
  expireTokens(): void;
  /** Sends a trade to its subscribers, by default a new one of the present, and remembers its price. */
  trade(symbol: string, change?: Partial<FakeTrade>): Promise<void>;
  quote(symbol: string, change?: Partial<FakeQuote>): Promise<void>;
  push(message: FakePush): Promise<void>;
  /** Any message to every client. */
  send(message: string | Uint8Array): Promise<void>;
  /** Frames of a recording to every client, this far apart. */
  replay(frames: readonly string[], everyMs: number): Promise<void>;
  /** Lays down the history of an instrument in one candle type. */
  setCandles(symbol: string, type: string, rows: readonly FakeRow[]): void;
  /** Cuts every connection. */
  kill(): void;
  close(): Promise<void>;
}

/** The path of the stream, which only the token's answer tells. */
const PATH = '/endpoint/';

/** See the top of this file. */
export async function startKucoinVenue(options: KucoinVenueOptions = {}): Promise<KucoinVenue> {
  const {
    symbols = FAKE_SYMBOLS,
    now = Date.now,
    pingIntervalMs = 200,
    pingTimeoutMs = 100,
    deadServers = 0,
  } = options;
  const faults: RestFaults & StreamFaults = {
    api: undefined,
    tokenOnce: undefined,
    resetMs: undefined,
    empty: false,
    endCounts: false,
    upgrade: undefined,
    welcomeMs: 0,
    ackMs: 0,
    ignoreNext: 0,
    pongs: true,
    namesUnknown: true,
    mute: false,
    deadTokens: 0,
    unknown: new Set(),
  };
  const requests: SeenRequest[] = [];
  const clients: FakeClient[] = [];
  const frames: SeenFrame[] = [];
  const tokens: string[] = [];
  let valid = new Set<string>();
  const candles = new Map<string, readonly FakeRow[]>();
  const quotes = new Map<string, FakeQuote>();
  let count = 0;

  const rest = createRest({
    symbols,
    faults,
    candles,
    now,
    quoteOf: (symbol) => quotes.get(symbol),
    issueToken() {
      const token = `fakeToken${tokens.length}-bbb_ccc==.fakeSig==`;
      tokens.push(token);
      if (faults.deadTokens > 0) faults.deadTokens -= 1;
      else valid.add(token);
      const dead = Array.from({ length: deadServers }, () => serverOf('ws://127.0.0.1:1/'));
      return { token, instanceServers: [...dead, serverOf(`${wsUrl}${PATH}`)] };
    },
  });
  const serverOf = (endpoint: string): object => ({
    endpoint,
    encrypt: false,
    protocol: 'websocket',
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    let bodyBytes = 0;
    request.on('data', (chunk: Buffer) => {
      bodyBytes += chunk.length;
    });
    request.on('end', () => {
      requests.push({ method: request.method ?? '', path: pathname, query: searchParams, at: Date.now(), bodyBytes });
      rest(request, response);
    });
    request.resume();
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    // Whoever was refused may hang up first.
    socket.on('error', () => undefined);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const refusal = faults.upgrade ?? (pathname === PATH ? undefined : 404);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const connectId = searchParams.get('connectId') ?? `made-${clients.length}`;
      if (!valid.has(searchParams.get('token') ?? '')) {
        client.on('error', () => undefined);
        // As the real one: the error, and then the line goes dead without a goodbye.
        const refused = { id: '660fd6c84d0eab582c237b51', type: 'error', code: 401, data: 'token is expired' };
        client.send(JSON.stringify(refused), () => client.terminate());
        return;
      }
      clients.push(
        new FakeClient({
          socket: client,
          index: clients.length,
          connectId,
          pingIntervalMs,
          mostTopics: options.mostTopics ?? 400,
          mostPerFrame: options.mostPerFrame ?? 100,
          faults,
          isKnown: (symbol) =>
            !faults.unknown.has(symbol) && (symbol === 'all' || symbols.some((each) => each.symbol === symbol)),
          seen: (frame) => frames.push(frame),
        }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;
  const wsUrl = `ws://127.0.0.1:${port}`;

  const open = (): readonly FakeClient[] => clients.filter(({ isOpen }) => isOpen);
  const push = async (message: FakePush): Promise<void> => {
    await Promise.all(open().map((client) => client.push(message)));
  };
  const send = async (message: string | Uint8Array): Promise<void> => {
    await Promise.all(open().map((client) => client.sendText(message)));
  };
  const stateOf = (symbol: string): FakeQuote => {
    const price = `${symbols.find((each) => each.symbol === symbol)?.price ?? 1}`;
    return quotes.get(symbol) ?? { symbol, price, bestBid: price, bestAsk: price, time: now(), sequence: '0' };
  };
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    wsUrl: `${wsUrl}${PATH}`,
    faults,
    requests,
    clients,
    frames,
    tokens,
    expireTokens() {
      valid = new Set();
    },
    async trade(symbol, change = {}) {
      count += 1;
      const { price } = stateOf(symbol);
      const trade = { symbol, price, size: '0.01', side: 'buy', tradeId: `${count}`, time: now(), ...change } as const;
      quotes.set(symbol, { ...stateOf(symbol), price: trade.price, time: trade.time });
      await push(tradePush(trade));
    },
    async quote(symbol, change = {}) {
      count += 1;
      const quote = { ...stateOf(symbol), time: now(), sequence: `${count}`, ...change };
      quotes.set(symbol, quote);
      await push(quotePush(quote));
    },
    push,
    send,
    async replay(recorded, everyMs) {
      for (const frame of recorded) {
        await send(frame);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    },
    setCandles: (symbol, type, rows) => candles.set(`${symbol} ${type}`, rows),
    kill() {
      for (const client of open()) client.drop();
    },
    async close() {
      for (const client of clients) client.drop();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
