/**
 * The official `fyers-api-v3` client, in a process of its own: its addresses, state and reconnecting are global.
 * Arguments: task (`data`, `orders`, `rest`, `login`), API and WebSocket root, `appId:token`, symbols, folder for its log, and
 * for a login app secret and auth code. Prints a JSON line for each message; ends when its input does.
 *
 * To be run with TZ=Asia/Kolkata: the client reads times of the exchange as the computer's own.
 */
import { createRequire } from 'node:module';

interface Rest {
  setAppId(id: string): void;
  setAccessToken(token: string): void;
  generate_access_token(question: unknown): Promise<unknown>;
  get_profile(): Promise<unknown>;
  market_status(): Promise<unknown>;
  getQuotes(symbols: readonly string[]): Promise<unknown>;
  getMarketDepth(question: unknown): Promise<unknown>;
  getHistory(question: unknown): Promise<unknown>;
}
interface DataSocket {
  on(event: string, callback: (message: unknown) => void): void;
  subscribe(symbols: readonly string[], isDepth: boolean, channel: number): void;
  mode(mode: unknown, channel: number): void;
  readonly LiteMode: unknown;
  connect(): void;
}
interface OrderSocket {
  on(event: string, callback: (message: unknown) => void): void;
  subscribe(what: readonly string[]): void;
  connect(): void;
}
interface Service {
  readonly axiosInstance: {
    readonly interceptors: {
      readonly request: { use(change: (config: { url: string }) => { url: string }): void };
    };
  };
}

const require = createRequire(import.meta.url);
const [task = '', apiUrl = '', wsUrl = '', token = '', symbols = '', logs = '', secret, authCode] =
  process.argv.slice(2);
const say = (event: string, value: unknown = null): void => {
  process.stdout.write(`${JSON.stringify({ event, value })}\n`);
};

// Its own modules read these when they are used; the package has no types.
const { Config } = require('fyers-api-v3/config/config.js') as { Config: Record<string, string> };
Object.assign(Config, {
  SYNC_API: `${apiUrl}/api/v3`,
  data_Api1: `${apiUrl}/data`,
  HSM_SOCKET: `${wsUrl}/hsm/v1-5/prod`,
  Order_SOCKET: `${wsUrl}/trade/v3`,
});
const { axiosInstance } = require('fyers-api-v3/apiService/apiService.js') as Service;
// One address is written into the data socket itself.
axiosInstance.interceptors.request.use((config) => {
  const { pathname, search } = new URL(config.url);
  return Object.assign(config, { url: `${apiUrl}${pathname}${search}` });
});
const client = require('fyers-api-v3') as {
  fyersModel: new (options: unknown) => Rest;
  fyersDataSocket: { getInstance(token: string, logs: string, logging: boolean): DataSocket };
  fyersOrderSocket: new (token: string, logs: string, logging: boolean) => OrderSocket;
};
const wanted = symbols.split(',');

const tasks: Readonly<Record<string, () => void>> = {
  data() {
    const socket = client.fyersDataSocket.getInstance(token, logs, false);
    socket.on('connect', () => {
      socket.subscribe(wanted, false, 11);
      socket.subscribe(
        wanted.filter((symbol) => !symbol.endsWith('-INDEX')),
        true,
        11,
      );
    });
    for (const event of ['message', 'error', 'close']) socket.on(event, (message) => say(event, message));
    process.stdin.on('data', () => socket.mode(socket.LiteMode, 11));
    socket.connect();
  },
  orders() {
    const socket = new client.fyersOrderSocket(token, logs, false);
    socket.on('connect', () => socket.subscribe(['orders', 'trades', 'positions']));
    for (const event of ['general', 'orders', 'close']) socket.on(event, (message) => say(event, message));
    socket.on('error', (error) => say('error', error instanceof Error ? error.message : error));
    socket.connect();
  },
  rest() {
    const rest = new client.fyersModel({ path: logs, enableLogging: false });
    const [appId = '', accessToken = ''] = token.split(':');
    rest.setAppId(appId);
    rest.setAccessToken(accessToken);
    const [symbol = ''] = wanted;
    const history = { symbol, date_format: '1', range_from: '2026-11-19', range_to: '2026-11-19', cont_flag: '1' };
    const questions: Readonly<Record<string, () => Promise<unknown>>> = {
      profile: () => rest.get_profile(),
      markets: () => rest.market_status(),
      quotes: () => rest.getQuotes([...wanted, 'NSE:NOSUCH-EQ']),
      depth: () => rest.getMarketDepth({ symbol: [symbol], ohlcv_flag: 1 }),
      seconds: () => rest.getHistory({ ...history, resolution: '5S' }),
      days: () => rest.getHistory({ ...history, resolution: 'D' }),
      tooLong: () => rest.getHistory({ ...history, resolution: '1', range_from: '2026-01-01' }),
    };
    void (async () => {
      for (const [name, ask] of Object.entries(questions)) say(name, await ask().catch((error: unknown) => error));
    })();
  },
  login() {
    const rest = new client.fyersModel({ path: logs, enableLogging: false });
    const [appId = ''] = token.split(':');
    const question = { client_id: appId, secret_key: secret, auth_code: authCode };
    void rest.generate_access_token(question).then((answer) => say('login', answer));
  },
};
tasks[task]?.();
process.stdin.on('end', () => process.exit(0)).resume();
