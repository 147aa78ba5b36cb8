import type { Reply } from '../../contract/client.ts';
import type { EngineBatch } from '../../contract/events.ts';
import type { ConnectedTransport, Connection } from './engine-client.ts';

/** Where the engine answers pages on this machine. */
export const SOCKET_PATH = '/engine';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

const ENGINE_GONE: Reply<never> = {
  ok: false,
  code: 'network',
  message: 'The engine has stopped. Start Tickscope again and open the link it prints.',
};

/**
 * After a lost connection the numbers of the batches may begin anew, so a page that comes back must forget
 * everything and ask for a snapshot. This batch, made here, says so; its number is beyond every other.
 */
const RECONNECTED: EngineBatch = { seq: Number.MAX_SAFE_INTEGER, events: [{ type: 'reset' }] };

type Incoming = { readonly batch: EngineBatch } | { readonly id: number; readonly reply: Reply<unknown> };

/** The part of `WebSocket` used here, which the browser's and the `ws` package's both have. */
export type PageSocket = Pick<WebSocket, 'addEventListener' | 'send' | 'close' | 'readyState'>;

/** Connects a page to the local web door. Resolves after the first attempt, also when that failed: it goes on trying. */
export async function connectWeb(location: Pick<Location, 'protocol' | 'host'>): Promise<ConnectedTransport> {
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${SOCKET_PATH}`;
  const { transport, ready } = createWebTransport(() => new WebSocket(url));
  await ready;
  return transport;
}

/** The browser's stand-in for the preload: the same methods over a WebSocket that comes back after it was lost. */
export function createWebTransport(
  open: () => PageSocket,
  after: (delayMs: number, callback: () => void) => void = (delayMs, callback) => setTimeout(callback, delayMs),
): { readonly transport: ConnectedTransport; readonly ready: Promise<void>; close(): void } {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  const listeners = new Set<(batch: EngineBatch) => void>();
  const watchers = new Set<(connection: Connection) => void>();
  const first = Promise.withResolvers<void>();
  let connection: Connection = 'lost';
  let socket: PageSocket | undefined;
  let missedSome = false;
  let closed = false;
  let lastId = 0;
  let retryMs = FIRST_RETRY_MS;

  const tell = (batch: EngineBatch): void => {
    for (const listener of listeners) listener(batch);
  };
  const become = (next: Connection): void => {
    if (connection === next) return;
    connection = next;
    for (const watcher of watchers) watcher(next);
  };

  const receive = ({ data }: MessageEvent<string>): void => {
    // Only our own engine can be at the other end: the browser checked the origin, the engine the cookie.
    const message = JSON.parse(data) as Incoming;
    if ('batch' in message) {
      tell(message.batch);
      return;
    }
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  };
  const opened = (): void => {
    retryMs = FIRST_RETRY_MS;
    become('connected');
    if (missedSome) tell(RECONNECTED);
    missedSome = false;
    first.resolve();
  };
  const lost = (): void => {
    for (const settle of waiting.values()) settle(ENGINE_GONE);
    waiting.clear();
    missedSome = true;
    become('lost');
    first.resolve();
    if (closed) return;
    // Some randomness, so that several tabs do not return in step.
    after(retryMs * (0.75 + Math.random() / 2), connect);
    retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
  };
  const connect = (): void => {
    if (closed) return;
    socket = open();
    socket.addEventListener('open', opened);
    socket.addEventListener('message', receive);
    socket.addEventListener('close', lost);
    // A close follows every error and is dealt with there; unheard, some sockets throw.
    socket.addEventListener('error', () => undefined);
  };
  connect();

  const transport: ConnectedTransport = {
    invoke(name, input) {
      if (socket === undefined || connection === 'lost' || socket.readyState !== WebSocket.OPEN)
        return Promise.resolve(ENGINE_GONE);
      lastId += 1;
      const id = lastId;
      socket.send(JSON.stringify({ id, name, input }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchConnection(listener) {
      watchers.add(listener);
      listener(connection);
      return () => watchers.delete(listener);
    },
  };
  const close = (): void => {
    closed = true;
    socket?.close();
  };
  return { transport, ready: first.promise, close };
}
