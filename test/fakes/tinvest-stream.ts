import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FakeInstrument } from './tinvest-frames.ts';
import { FakeStreamClient, type StreamRules } from './tinvest-stream-client.ts';

/** Which ways of opening the stream are taken. `echo` names a subprotocol even to those who asked for none. */
export type FakeHandshake = 'any' | 'header' | 'subprotocol' | 'echo';

export interface StreamFaults {
  /** Answer upgrades with this HTTP status. */
  upgrade: number | undefined;
  /** Send nothing at all. */
  silent: boolean;
  handshake: FakeHandshake;
  /** Where a wrong token is found out. */
  checksToken: 'upgrade' | 'after';
  /** Answer these wishes (`trades UID`, …) with this word in place of SUCCESS. */
  readonly statuses: Map<string, string>;
  /** Forget this wish: say SUCCESS and send nothing. */
  readonly forgotten: Set<string>;
  /** Give no answer to `getMySubscriptions`. */
  noRollCall: boolean;
}

export interface FakeStream {
  /** Every upgrade asked for, refused ones included. */
  readonly upgrades: number;
  /** How each accepted one was opened. */
  readonly handshakes: readonly ('header' | 'subprotocol')[];
  readonly clients: ReadonlySet<FakeStreamClient>;
  /** Every frame that clients sent, as text. */
  readonly requests: readonly string[];
  close(): void;
  kill(): void;
}

export interface StreamHalfParts {
  readonly server: Server;
  readonly faults: StreamFaults;
  readonly rules: StreamRules;
  readonly mostStreams: number;
  now(): number;
  isAllowed(token: string): boolean;
  find(instrumentId: string): FakeInstrument | undefined;
  /** The state so far, for those who subscribe. */
  picture(uid: string): { readonly price: number; readonly time: number };
}

const PATH = '/ws/tinkoff.public.invest.api.contract.v1.MarketDataStreamService/MarketDataStream';

/** The WebSocket half of the fake venue. */
export function startStream(parts: StreamHalfParts): FakeStream {
  const { server, faults } = parts;
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'json' });
  const clients = new Set<FakeStreamClient>();
  const requests: string[] = [];
  const handshakes: ('header' | 'subprotocol')[] = [];
  let upgrades = 0;

  sockets.on('headers', (headers) => {
    const isNamed = headers.some((line) => line.startsWith('Sec-WebSocket-Protocol'));
    if (faults.handshake === 'echo' && !isNamed) headers.push('Sec-WebSocket-Protocol: json');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrades += 1;
    // Whoever was refused may hang up first.
    socket.on('error', () => undefined);
    const offered = offerOf(request);
    const isAllowed = parts.isAllowed(offered.token);
    const refusal = faults.upgrade ?? refusalOf(request, offered.mode, isAllowed);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      handshakes.push(offered.mode);
      webSocket.on('error', () => undefined);
      if (isAllowed) admit(webSocket);
      else webSocket.close(4_016, 'UNAUTHENTICATED');
    });
  });

  const refusalOf = (request: IncomingMessage, mode: string, isAllowed: boolean): number | undefined => {
    if (new URL(request.url ?? '/', 'http://fake').pathname !== PATH) return 404;
    if (faults.checksToken === 'upgrade' && !isAllowed) return 401;
    if (clients.size >= parts.mostStreams) return 429;
    const { handshake } = faults;
    return handshake === 'any' || handshake === 'echo' || handshake === mode ? undefined : 400;
  };
  const admit = (webSocket: WebSocket): void => {
    const client = new FakeStreamClient({ ...parts, webSocket });
    clients.add(client);
    webSocket.on('message', (data) => {
      requests.push(String(data));
      client.obey(String(data));
    });
    webSocket.on('close', () => {
      client.close();
      clients.delete(client);
    });
  };
  const kill = (): void => {
    for (const client of sockets.clients) client.terminate();
  };
  return {
    get upgrades() {
      return upgrades;
    },
    handshakes,
    clients,
    requests,
    kill,
    close() {
      kill();
      sockets.close();
    },
  };
}

function offerOf({ headers }: IncomingMessage): {
  readonly mode: 'header' | 'subprotocol';
  readonly token: string;
} {
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const bearer = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1];
  if (protocols[0] === 'json') return { mode: 'subprotocol', token: bearer ?? protocols[1] ?? '' };
  return { mode: 'header', token: headers['web-socket-protocol'] === 'json' ? (bearer ?? '') : '' };
}
