import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import {
  answerFrame,
  dataFrame,
  type FakeKind,
  type FakeValues,
  liteRecord,
  loginAnswer,
  mappingText,
  NONE,
  rawValues,
  snapshotRecord,
  updateRecord,
} from './fyers-frames.ts';
import { type FakeRequest, readRequest } from './fyers-requests.ts';

export interface DataFaults {
  /** Answer logins with `N`, or not at all. */
  dataLogin: 'refuse' | 'ignore' | undefined;
  /** Refuse subscriptions. */
  subscribe: 'refuse' | undefined;
  /** Send no data at all. */
  mute: boolean;
}

/** One client of the data socket, as the server sees it. */
export interface DataClient {
  readonly requests: readonly FakeRequest[];
  readonly topics: ReadonlySet<string>;
  readonly isIn: boolean;
  readonly mode: string;
}

/** What the server knows of a topic. */
export interface FakeTopic {
  readonly segment: string;
  readonly token: string;
  readonly symbol: string;
  readonly values: FakeValues;
}

export interface DataSocketParts {
  readonly faults: DataFaults;
  readonly acknowledgeEvery: number;
  /** Undefined for a topic nobody has. */
  topic(name: string): FakeTopic | undefined;
  isKey(hsmKey: string): boolean;
}

interface Client extends DataClient {
  readonly requests: FakeRequest[];
  readonly topics: Set<string>;
  readonly ids: Map<string, { readonly id: number; readonly channel: number }>;
  readonly paused: Set<number>;
  isIn: boolean;
  mode: string;
  messages: number;
}

export interface FakeDataSocket {
  readonly server: WebSocketServer;
  readonly clients: readonly DataClient[];
  /** Tells every subscriber what moved: values that are not named stay. Resolves once it is handed over. */
  tell(changes: ReadonlyMap<string, FakeValues>): Promise<void>;
  send(message: Uint8Array | string): Promise<void>;
}

/** A frame tells its length in two bytes; this many snapshots fit. */
const RECORDS_PER_FRAME = 400;

/** The data socket of the fake venue, frame by frame as docs/wire-formats/fyers.md describes them. */
export function createDataSocket(parts: DataSocketParts): FakeDataSocket {
  const { faults, acknowledgeEvery } = parts;
  const server = new WebSocketServer({ noServer: true });
  const clients = new Map<WebSocket, Client>();

  const deliver = (socket: WebSocket, message: Uint8Array | string): Promise<void> =>
    new Promise((resolve) => socket.send(message, () => resolve()));
  const send = async (socket: WebSocket, client: Client, records: readonly Uint8Array[]): Promise<void> => {
    for (let from = 0; from < records.length && !faults.mute; from += RECORDS_PER_FRAME) {
      client.messages += 1;
      const message = acknowledgeEvery > 0 ? client.messages : undefined;
      await deliver(socket, dataFrame(message, records.slice(from, from + RECORDS_PER_FRAME)));
    }
  };
  const snapshotOf = (client: Client, name: string): readonly Uint8Array[] => {
    const [place, topic] = [client.ids.get(name), parts.topic(name)];
    if (place === undefined || topic === undefined) return [];
    const values = rawValues(kindOf(name), topic.values);
    return [snapshotRecord({ ...topic, id: place.id, topic: name, values })];
  };
  const obey = (socket: WebSocket, client: Client, request: FakeRequest): void => {
    client.requests.push(request);
    if (request.type === 'login') {
      if (faults.dataLogin === 'ignore') return;
      client.isIn = faults.dataLogin === undefined && parts.isKey(request.key);
      const mapping = client.isIn ? mappingText() : undefined;
      void deliver(socket, loginAnswer(client.isIn, client.isIn ? acknowledgeEvery : 0, mapping));
      return;
    }
    if (!client.isIn) return;
    switch (request.type) {
      case 'subscribe':
        void deliver(socket, answerFrame(4, faults.subscribe === undefined));
        if (faults.subscribe !== undefined) return;
        for (const name of request.topics) {
          client.topics.add(name);
          client.ids.set(name, { id: client.ids.get(name)?.id ?? client.ids.size + 1, channel: request.channel });
        }
        void send(
          socket,
          client,
          request.topics.flatMap((name) => snapshotOf(client, name)),
        );
        return;
      case 'unsubscribe':
        void deliver(socket, answerFrame(5));
        for (const name of request.topics) client.topics.delete(name);
        return;
      case 'pause':
      case 'resume':
        for (const channel of request.channels)
          if (request.type === 'pause') client.paused.add(channel);
          else client.paused.delete(channel);
        void deliver(socket, answerFrame(request.type === 'pause' ? 7 : 8));
        return;
      case 'mode':
        client.mode = request.mode;
        void deliver(socket, answerFrame(12));
        return;
      case 'snapshot':
        void deliver(socket, answerFrame(9));
        void send(
          socket,
          client,
          request.topics.flatMap((name) => snapshotOf(client, name)),
        );
        return;
      default:
        return;
    }
  };

  server.on('connection', (socket) => {
    const client: Client = {
      requests: [],
      topics: new Set(),
      ids: new Map(),
      paused: new Set(),
      isIn: false,
      mode: 'F',
      messages: 0,
    };
    clients.set(socket, client);
    socket.on('error', () => undefined);
    socket.on('close', () => clients.delete(socket));
    // ws delivers Buffers unless binaryType says otherwise.
    socket.on('message', (data) => obey(socket, client, readRequest(data as Buffer)));
  });

  return {
    server,
    get clients() {
      return [...clients.values()];
    },
    async tell(changes) {
      const sends = [...clients].map(([socket, client]) =>
        send(
          socket,
          client,
          [...changes].flatMap(([name, values]) => {
            const place = client.ids.get(name);
            if (place === undefined || !client.topics.has(name) || client.paused.has(place.channel)) return [];
            const raw = rawValues(kindOf(name), values);
            const [first = NONE] = raw;
            if (client.mode !== 'L') return [updateRecord(place.id, raw)];
            return kindOf(name) === 'dp' || first === NONE ? [] : [liteRecord(place.id, [first])];
          }),
        ),
      );
      await Promise.all(sends);
    },
    async send(message) {
      await Promise.all([...clients.keys()].map((socket) => deliver(socket, message)));
    },
  };
}

function kindOf(name: string): FakeKind {
  return name.startsWith('if|') ? 'if' : name.startsWith('dp|') ? 'dp' : 'sf';
}
