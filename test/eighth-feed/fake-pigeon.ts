/**
 * The Pigeon Exchange on 127.0.0.1, over real sockets, as pigeon.md describes it.
 *
 *     const exchange = await startFakePigeon();
 *     … TICKSCOPE_PIGEON_API_URL=exchange.apiUrl TICKSCOPE_PIGEON_WS_URL=exchange.wsUrl, and exchange.account …
 *     exchange.trade('CORN', 201.5, 3, 'buy');
 *     exchange.cut(); exchange.isMute = true; exchange.faults.api = 'html'; exchange.expire();
 *     await exchange.close();
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createPigeonRest, type FakeBar, type FakeGrain, type RestParts } from './fake-pigeon-rest.ts';

export const GRAINS: readonly FakeGrain[] = [
  { symbol: 'CORN', name: 'Maize, yellow', step: 0.25, lot: 10, price: 201.5 },
  { symbol: 'OATS', name: 'Oats, rolled', step: 0.005, lot: 1, price: 98.5 },
  { symbol: 'PEAS', name: 'Peas, split', step: 0.1, lot: 5, price: 140 },
];

interface Client {
  isWelcome: boolean;
  readonly symbols: Set<string>;
  offers: boolean;
}

/** See the top of this file. `now` is the exchange's idea of the time. */
export async function startFakePigeon(now: () => number = Date.now) {
  const account = { user: 'P-4711', pin: 'crumbs-9' };
  const faults: RestParts['faults'] = { api: undefined };
  const tokens = new Set<string>();
  const lastPrices = new Map(GRAINS.map(({ symbol, price }) => [symbol, price]));
  const bars = new Map<string, readonly FakeBar[]>();
  const requests: string[] = [];
  const clients = new Map<WebSocket, Client>();
  const exchange = { isMute: false, attempts: 0 };
  let issued = 0;
  /** A token that lasts a day. */
  const issue = (): string => {
    issued += 1;
    const token = `pgn.${Math.floor(now() / 1_000) + 86_400}.secret${issued}`;
    tokens.add(token);
    return token;
  };

  const rest = createPigeonRest({
    ...{ grains: GRAINS, faults, account, tokens, lastPrices, bars, issue },
    seen: (path) => void requests.push(path),
  });
  const server = createServer(rest);
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    exchange.attempts += 1;
    socket.on('error', () => undefined);
    sockets.handleUpgrade(request, socket, head, (client) => {
      clients.set(client, { isWelcome: false, symbols: new Set(), offers: false });
      client.on('close', () => clients.delete(client));
      client.on('error', () => undefined);
      client.on('message', (data) => {
        for (const line of String(data).split('\n')) if (line !== '') obey(client, JSON.parse(line));
      });
    });
  });

  const say = (client: WebSocket, message: object): void => client.send(`${JSON.stringify(message)}\n`);
  const turnAway = (client: WebSocket): void => {
    say(client, { t: 'error', code: 'token', text: 'Unknown bird' });
    client.close(4401);
  };
  // Ours is the only client: it sends what pigeon.md says.
  const obey = (
    client: WebSocket,
    frame: { op: string; token: string; symbols: string[]; offers?: boolean; n: number },
  ) => {
    const state = clients.get(client);
    if (state === undefined) return;
    if (frame.op === 'ping') say(client, { t: 'pong', n: frame.n });
    else if (frame.op === 'hello' && tokens.has(frame.token)) {
      state.isWelcome = true;
      say(client, { t: 'welcome' });
    } else if (!state.isWelcome) turnAway(client);
    else if (frame.op === 'unsubscribe') for (const symbol of frame.symbols) state.symbols.delete(symbol);
    else if (frame.op === 'subscribe') {
      for (const symbol of frame.symbols) state.symbols.add(symbol);
      state.offers = frame.offers === true;
      say(client, { t: 'subscribed', symbols: frame.symbols });
      // Several lines in one frame, as the exchange likes it.
      client.send(frame.symbols.map((s) => JSON.stringify(quoteOf(s))).join('\n'));
    }
  };
  const quoteOf = (s: string): object => {
    const p = lastPrices.get(s) ?? 0;
    return { t: 'quote', s, p, bid: p - 0.5, ask: p + 0.5, ts: Math.floor(now()) };
  };
  const tell = (symbol: string, message: object, isFor: (client: Client) => boolean = () => true): void => {
    if (exchange.isMute) return;
    for (const [client, state] of clients) if (state.symbols.has(symbol) && isFor(state)) say(client, message);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;
  return Object.assign(exchange, {
    ...{ apiUrl: `http://127.0.0.1:${port}/v1`, wsUrl: `ws://127.0.0.1:${port}/v1`, account, faults, requests, issue },
    lines: () => clients.size,
    subscribed: (): readonly string[] => [...clients.values()].flatMap(({ symbols }) => [...symbols]).sort(),
    /** Whether somebody hears ask and bid between trades. */
    tellsOffers: (): boolean => [...clients.values()].some(({ offers }) => offers),
    trade(symbol: string, price: number, quantity = 1, side?: 'buy' | 'sell'): void {
      lastPrices.set(symbol, price);
      tell(symbol, { t: 'trade', s: symbol, p: price, q: quantity, side, ts: Math.floor(now()) });
    },
    quote: (symbol: string): void => tell(symbol, quoteOf(symbol), ({ offers }) => offers),
    /** To everyone, as it is. */
    send(frame: string | Uint8Array): void {
      for (const client of clients.keys()) client.send(frame);
    },
    setBars: (symbol: string, frame: string, rows: readonly FakeBar[]) => void bars.set(`${symbol} ${frame}`, rows),
    cut(): void {
      for (const client of clients.keys()) client.terminate();
    },
    /** Every token is dead, and every line drops. */
    expire(): void {
      tokens.clear();
      for (const client of clients.keys()) client.terminate();
    },
    async close(): Promise<void> {
      for (const client of clients.keys()) client.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

export type FakePigeon = Awaited<ReturnType<typeof startFakePigeon>>;
