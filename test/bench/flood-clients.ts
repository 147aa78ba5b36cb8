import { fork } from 'node:child_process';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { readFrame } from '../../src/main/brokers/kucoin/read-frame.ts';
import { readUpdate } from '../../src/main/brokers/kucoin/read-update.ts';
import { Meter } from '../../src/main/brokers/transport/meter.ts';
import { openSocket, type Socket } from '../../src/main/brokers/transport/socket.ts';
import { supervise } from '../../src/main/brokers/transport/supervisor.ts';
import { systemClock } from '../../src/main/platform/system-clock.ts';

/** One connection to the flood, by our transport or by `ws` alone. */
export interface Client {
  say(words: string): void;
  /** Messages thrown away unread. */
  readonly dropped: number;
  close(): Promise<void>;
}

export type Connect = (port: number, read: (message: string) => void) => Promise<Client>;

/** A reader of KuCoin's messages, the same for both. */
export function parse(message: string): unknown {
  const frame = readFrame(message);
  return 'reject' in frame || frame.type !== 'message' ? undefined : readUpdate(frame);
}

/** Socket, supervisor, meter, intake, link: what every venue's messages go through. */
export const byTickscope: Connect = (port, read) =>
  new Promise((resolve) => {
    const stop = new AbortController();
    let open: Socket | undefined;
    let dropped = 0;
    const client: Client = {
      say: (words) => open?.send(words),
      get dropped() {
        return dropped;
      },
      async close() {
        stop.abort();
        await ended;
      },
    };
    const ended = supervise(
      {
        connect: (listener) => openSocket({ url: `ws://127.0.0.1:${port}` }, listener),
        opened(socket) {
          open = socket;
          resolve(client);
        },
        received(message) {
          read(String(message));
          return true;
        },
        closed: () => undefined,
        status: () => undefined,
        isDataDue: () => false,
        failed(thrown) {
          throw thrown;
        },
      },
      {
        clock: systemClock,
        jitter: Math.random,
        meter: new Meter('flood', systemClock),
        onDropped(messages) {
          dropped += messages;
        },
      },
      stop.signal,
    );
  });

/** The least that can be done. */
export const byWs: Connect = (port, read) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    socket.on('message', (data) => read(String(data)));
    socket.on('error', reject);
    socket.on('open', () =>
      resolve({
        say: (words) => socket.send(words),
        dropped: 0,
        close: () =>
          new Promise((done) => {
            socket.on('close', () => done());
            socket.close();
          }),
      }),
    );
  });

/** Starts the other end. Resolves with its port; it ends with this process, or when `close` is called. */
export function startFlood(): Promise<{ readonly port: number; close(): void }> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'flood-server.ts'), { execArgv: [] });
    child.once('error', reject);
    child.once('message', (port) => resolve({ port: Number(port), close: () => child.disconnect() }));
  });
}
