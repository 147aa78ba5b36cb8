import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { answerFrame, type FakeKind, loginAnswer, mappingText } from '../fakes/fyers-frames.ts';
import { fyTokenOf, type Message, tickerOf } from './fyers-messages.ts';

/** What it tells of a topic, by its own names. */
export type Told = Readonly<Record<string, unknown>>;

interface DataSocket {
  on(event: string, callback: (message: Told) => void): void;
  subscribe(symbols: readonly string[], isDepth: boolean, channel: number): Promise<void>;
  connect(): void;
}

/** A socket that goes nowhere, as the official client sees it. */
class NoSocket {
  static readonly OPEN = 1;
  static newest: NoSocket | undefined;
  readonly readyState = 1;
  onopen: (event: object) => void = () => undefined;
  onmessage: (event: { readonly data: ArrayBuffer }) => void = () => undefined;

  constructor() {
    NoSocket.newest = this;
  }

  send(): void {}
  close(): void {}
}

const CHANNEL = 11;
const SETTLE_MS = 20;

/**
 * The official client with the first `count` symbols subscribed. It runs without a network: its `ws` is replaced while
 * it loads, and its one HTTP request is answered here. Its state is global, so a process has one, and it leaves timers.
 */
export async function startOfficial(
  kind: FakeKind,
  count: number,
  told: (message: Told) => void,
): Promise<(message: Message) => void> {
  // It reads times of the exchange as the computer's own.
  process.env['TZ'] = 'Asia/Kolkata';
  const { fyersDataSocket, axiosInstance } = loadWithoutNetwork();
  const wanted = Array.from({ length: count }, (_, place) => tickerOf(kind, place));
  const fyTokens = new Map(wanted.map((ticker, place) => [ticker, fyTokenOf(place)]));
  axiosInstance.defaults.adapter = (config) => {
    const { symbols = [] } = JSON.parse(config.data ?? '{}') as { readonly symbols?: readonly string[] };
    const validSymbol = Object.fromEntries(symbols.map((ticker) => [ticker, fyTokens.get(ticker)]));
    const data = { s: 'ok', code: 200, message: '', validSymbol, invalidSymbol: [] };
    return Promise.resolve({ status: 200, statusText: 'OK', headers: {}, config, data });
  };
  const client = fyersDataSocket.getInstance(`BENCH-100:${accessToken()}`, '', false);
  const connected = new Promise<void>((resolve) => client.on('connect', () => resolve()));
  client.on('message', (message) => {
    if (message['type'] === kind) told(message);
  });
  client.connect();
  await pause(SETTLE_MS);
  const socket = NoSocket.newest;
  if (socket === undefined) throw new Error('The official client opened no socket.');
  const hear = (message: Message): void => socket.onmessage({ data: message.buffer });
  socket.onopen({});
  await connected;
  hear(new Uint8Array(loginAnswer(true, 0, mappingText())));
  await client.subscribe(wanted, kind === 'dp', CHANNEL);
  hear(new Uint8Array(answerFrame(4)));
  return hear;
}

interface Axios {
  readonly defaults: { adapter: (config: { readonly data?: string }) => Promise<object> };
}

/** Puts `NoSocket` in the place of `ws`, for as long as the client loads. */
function loadWithoutNetwork() {
  const require = createRequire(import.meta.url);
  require('ws');
  const cached = require.cache[require.resolve('ws')];
  if (cached === undefined) throw new Error('ws is not where modules are kept.');
  const real: unknown = cached.exports;
  cached.exports = NoSocket;
  try {
    // The package has no types.
    const fyersDataSocket = require('fyers-api-v3/HSM/datasocket.min.js') as {
      getInstance(token: string, logs: string, logging: boolean): DataSocket;
    };
    const { axiosInstance } = require('fyers-api-v3/apiService/apiService.js') as { readonly axiosInstance: Axios };
    return { fyersDataSocket, axiosInstance };
  } finally {
    cached.exports = real;
  }
}

/** It looks only for the key of the data socket and for the token's end. */
function accessToken(): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iat: now, exp: now + 86_400, hsm_key: '0123456789abcdef0123456789abcdef' };
  const parts = [JSON.stringify({ typ: 'JWT', alg: 'HS256' }), JSON.stringify(claims), 'signature'];
  return parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
}
