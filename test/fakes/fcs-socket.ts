import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { readTimeframe } from '../../src/main/brokers/fcs/timeframes.ts';

export interface SocketFaults {
  /** Answer upgrades with this HTTP status. */
  upgrade: number | undefined;
  /** What becomes of a key that is not on the list; or of every client, with `everyone`. */
  unwelcome: 'http-401' | 'error-frame' | 'close-1008' | 'silence';
  everyone: boolean;
  /** No control pongs: a dead peer. */
  deaf: boolean;
  /** Joins are answered by nothing, by a refusal, by a short answer without its room, or under another name. */
  join: 'silence' | 'refuse' | 'short' | 'alias' | undefined;
}

/** A frame a client sent. */
export interface HeardFrame {
  readonly type: string;
  readonly symbol?: string;
  readonly timeframe?: string;
  readonly timestamp?: number;
  /** It came before the welcome, and was ignored. */
  readonly isEarly: boolean;
}

export interface FakeRoom {
  readonly symbol: string;
  readonly timeframe: string;
}

export interface FakeSocket {
  /** Every upgrade asked for, refused ones included, by our clock. */
  readonly upgrades: readonly number[];
  readonly clients: ReadonlySet<WebSocket>;
  readonly heard: readonly HeardFrame[];
  /** Close codes that clients sent. */
  readonly goodbyes: readonly number[];
  /** What each connected client is in, as `FX:EURUSD 1`. */
  readonly rooms: readonly (readonly string[])[];
  /** To everyone in the room. */
  tell(room: FakeRoom, prices: object): Promise<void>;
  /** To everyone. */
  send(message: Uint8Array | string): Promise<void>;
  /** Hangs up: without a close frame, or with one. */
  kill(code?: number, reason?: string): void;
  close(): void;
}

export interface FakeSocketParts {
  readonly server: Server;
  readonly faults: SocketFaults;
  readonly keys: ReadonlySet<string>;
  readonly welcomeMs: number;
  now(): number;
  /** What a room tells right after its join. */
  greet(room: FakeRoom): readonly object[];
}

const ALIASES: Readonly<Record<string, string>> = { '1': '1m', '5': '5m', '1H': '60', '4H': '240', '1D': 'D' };

/** The WebSocket half of the fake venue. */
export function startFakeSocket(parts: FakeSocketParts): FakeSocket {
  const { server, faults, keys, now } = parts;
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const rooms = new Map<WebSocket, Map<string, FakeRoom>>();
  const welcomed = new Set<WebSocket>();
  const heard: HeardFrame[] = [];
  const upgrades: number[] = [];
  const goodbyes: number[] = [];
  const timers = new Set<NodeJS.Timeout>();

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    upgrades.push(now());
    // Whoever was refused may hang up first.
    socket.on('error', () => undefined);
    const key = new URL(request.url ?? '/', 'http://fake').searchParams.get('access_key') ?? '';
    const isWelcome = keys.has(key) && !faults.everyone;
    const status = faults.upgrade ?? (!isWelcome && faults.unwelcome === 'http-401' ? 401 : undefined);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => admit(client, isWelcome));
  });

  const admit = (client: WebSocket, isWelcome: boolean): void => {
    rooms.set(client, new Map());
    client.on('close', (code) => {
      goodbyes.push(code);
      rooms.delete(client);
      welcomed.delete(client);
    });
    client.on('error', () => undefined);
    client.on('message', (data) => obey(client, String(data)));
    client.on('ping', () => {
      if (!faults.deaf) client.pong();
    });
    if (!isWelcome) turnAway(client);
    else
      later(parts.welcomeMs, () => {
        welcomed.add(client);
        client.send('{"type":"welcome"}');
      });
  };
  const turnAway = (client: WebSocket): void => {
    if (faults.unwelcome === 'error-frame') {
      client.send('{"type":"error","message":"Invalid access_key"}');
      client.close(1008);
    } else if (faults.unwelcome === 'close-1008') client.close(1008, 'policy');
  };
  const later = (ms: number, callback: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      callback();
    }, ms);
    timers.add(timer);
  };

  const obey = (client: WebSocket, text: string): void => {
    const frame = JSON.parse(text) as Omit<HeardFrame, 'isEarly'>; // Ours is the only client.
    const isEarly = !welcomed.has(client);
    heard.push({ ...frame, isEarly });
    if (isEarly) return;
    const { type, symbol = '', timeframe = '' } = frame;
    const mine = rooms.get(client);
    if (type === 'remove_all') mine?.clear();
    if (type === 'leave_symbol') mine?.delete(`${symbol} ${timeframe}`);
    if (type === 'join_symbol') join(client, { symbol, timeframe });
  };
  const join = (client: WebSocket, room: FakeRoom): void => {
    const { symbol, timeframe } = room;
    // As the real one: without its exchange a symbol is answered by nothing.
    if (!symbol.includes(':') || readTimeframe(timeframe)?.room !== timeframe || faults.join === 'silence') return;
    const short = symbol.split(':')[1];
    const said = faults.join === 'alias' ? (ALIASES[timeframe] ?? timeframe) : timeframe;
    const name = `${symbol}_${said}_0s`;
    if (faults.join === 'refuse') {
      client.send(
        JSON.stringify({
          type: 'message',
          success: false,
          message: 'Symbol not allowed',
          room: name,
          symbol: short,
          timeframe: said,
        }),
      );
      return;
    }
    rooms.get(client)?.set(`${symbol} ${timeframe}`, room);
    client.send(
      JSON.stringify({
        type: 'message',
        success: true,
        message: `Successfully joined room: ${name}`,
        ...(faults.join !== 'short' && { room: name }),
        symbol: short,
        timeframe: said,
        short: 'joined_room',
      }),
    );
    for (const prices of parts.greet(room)) client.send(priceFrame({ symbol, timeframe: said }, prices));
  };
  const deliver = (client: WebSocket, message: Uint8Array | string): Promise<void> =>
    new Promise((resolve) => client.send(message, () => resolve()));

  return {
    upgrades,
    clients: sockets.clients,
    heard,
    goodbyes,
    get rooms() {
      return [...rooms.values()].map((each) => [...each.keys()]);
    },
    async tell(room, prices) {
      const there = [...rooms].filter(([, mine]) => mine.has(`${room.symbol} ${room.timeframe}`));
      await Promise.all(there.map(([client]) => deliver(client, priceFrame(room, prices))));
    },
    async send(message) {
      await Promise.all([...sockets.clients].map((client) => deliver(client, message)));
    },
    kill(code, reason) {
      for (const client of sockets.clients) {
        if (code === undefined) client.terminate();
        else client.close(code, reason);
      }
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function priceFrame({ symbol, timeframe }: FakeRoom, prices: object): string {
  return JSON.stringify({ type: 'price', symbol, timeframe, prices });
}
