import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type FakeMode, type FakeTick, frame, packetOf } from './kite-packets.ts';

export interface TickerFaults {
  /** Answer upgrades with this HTTP status. */
  upgrade: number | undefined;
  /** Send nothing at all, heartbeats included. */
  silent: boolean;
  /** Send heartbeats and no prices. */
  heartbeatsOnly: boolean;
}

export interface FakeTicker {
  /** Every upgrade asked for, refused ones included. */
  readonly upgrades: number;
  readonly clients: ReadonlySet<WebSocket>;
  /** What each connected client asked for, token to mode. */
  readonly subscriptions: readonly ReadonlyMap<number, FakeMode>[];
  /** Sends each client the packets of the tokens it asked for, in one message. Resolves once it is handed over. */
  tick(ticks: readonly FakeTick[]): Promise<void>;
  /** The same message to everyone. */
  send(message: Uint8Array | string): Promise<void>;
  kill(): void;
  close(): void;
}

export interface TickerParts {
  readonly server: Server;
  readonly faults: TickerFaults;
  readonly heartbeatMs: number;
  readonly mostConnections: number;
  isAllowed(apiKey: string | null, accessToken: string | null): boolean;
  stateOf(token: number): FakeTick | undefined;
}

/** The WebSocket half of the fake venue. */
export function startTicker(parts: TickerParts): FakeTicker {
  const { server, faults } = parts;
  const sockets = new WebSocketServer({ noServer: true });
  const subscriptions = new Map<WebSocket, Map<number, FakeMode>>();
  let upgrades = 0;

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    upgrades += 1;
    // Whoever was refused may hang up first.
    socket.on('error', () => undefined);
    const { searchParams } = new URL(request.url ?? '/', 'http://fake');
    const isAllowed = parts.isAllowed(searchParams.get('api_key'), searchParams.get('access_token'));
    const isFull = sockets.clients.size >= parts.mostConnections;
    const refusal = faults.upgrade ?? (isAllowed ? (isFull ? 429 : undefined) : 403);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      subscriptions.set(client, new Map());
      client.on('close', () => subscriptions.delete(client));
      client.on('error', () => undefined);
      client.on('message', (data) => obey(client, String(data)));
    });
  });

  const deliver = (client: WebSocket, message: Uint8Array | string): Promise<void> =>
    faults.silent ? Promise.resolve() : new Promise((resolve) => client.send(message, () => resolve()));

  const obey = (client: WebSocket, text: string): void => {
    const modes = subscriptions.get(client) ?? new Map<number, FakeMode>();
    const { a: action, v: value } = JSON.parse(text) as { a: string; v: unknown[] };
    const [mode, tokens] = action === 'mode' ? (value as [FakeMode, unknown[]]) : (['quote' as const, value] as const);
    // As the real one: a token in quotation marks is taken for nothing, without a word.
    for (const token of tokens.filter((each) => typeof each === 'number')) {
      if (action === 'unsubscribe') modes.delete(token);
      else if (action === 'subscribe' || modes.has(token)) modes.set(token, mode);
    }
    if (action === 'unsubscribe' || faults.heartbeatsOnly) return;
    const states = tokens.map((token) => parts.stateOf(Number(token))).filter((state) => state !== undefined);
    const packets = packetsFor(modes, states);
    if (packets.length > 0) void deliver(client, frame(...packets));
  };

  const beat = setInterval(() => {
    for (const client of sockets.clients) void deliver(client, Uint8Array.of(0));
  }, parts.heartbeatMs);

  return {
    get upgrades() {
      return upgrades;
    },
    clients: sockets.clients,
    get subscriptions() {
      return [...subscriptions.values()];
    },
    async tick(ticks) {
      if (faults.heartbeatsOnly) return;
      const sends = [...subscriptions].map(([client, modes]) => {
        const packets = packetsFor(modes, ticks);
        return packets.length === 0 ? Promise.resolve() : deliver(client, frame(...packets));
      });
      await Promise.all(sends);
    },
    async send(message) {
      await Promise.all([...sockets.clients].map((client) => deliver(client, message)));
    },
    kill() {
      for (const client of sockets.clients) client.terminate();
    },
    close() {
      clearInterval(beat);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function packetsFor(modes: ReadonlyMap<number, FakeMode>, ticks: readonly FakeTick[]): readonly Uint8Array[] {
  return ticks.flatMap((tick) => {
    const mode = modes.get(tick.token);
    return mode === undefined ? [] : [packetOf(tick, mode)];
  });
}
