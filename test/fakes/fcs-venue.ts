/**
 * FCS API v4 on 127.0.0.1: WebSocket and REST over real sockets, as docs/wire-formats/fcs.md describes them, with
 * switches for everything that can go wrong.
 *
 *     const venue = await startFcsVenue();
 *     … TICKSCOPE_FCS_API_URL=venue.apiUrl TICKSCOPE_FCS_WS_URL=venue.wsUrl, credentials { accessKey: venue.accessKey } …
 *     await venue.trade('FX:EURUSD', 1.1746, 118);   // moves the running minute of the symbol, and its day
 *     await venue.askbid('FX:EURUSD', 1.17459, 1.17462);
 *     venue.socket.faults… ; venue.faults.join = 'silence'; venue.socket.kill(1011, 'oops');
 *     await venue.close();
 *
 * Whoever joins gets `joined_room`, a profile and the candle so far, as with FCS; its `v` there is nonsense, as there.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { INTRADAY_MS, isIntraday } from '../../src/core/timeframe.ts';
import { FCS_TIMEFRAMES } from '../../src/main/brokers/fcs/timeframes.ts';
import { createFakeRest, type FakeRow, type RestFaults, type SeenRequest } from './fcs-rest.ts';
import { type FakeRoom, type FakeSocket, type SocketFaults, startFakeSocket } from './fcs-socket.ts';

export interface FcsVenueOptions {
  /** The venue's idea of the time; the machine's unless given. */
  readonly now?: () => number;
  /** What `trade` can trade. */
  readonly symbols?: readonly string[];
  readonly welcomeMs?: number;
}

export interface FcsVenue {
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly accessKey: string;
  readonly faults: SocketFaults & RestFaults;
  readonly socket: FakeSocket;
  readonly requests: readonly SeenRequest[];
  /** A trade: every running candle moves, and everyone in its rooms hears of it. */
  trade(symbol: string, price: number, quantity?: number): Promise<void>;
  /** Only ask and bid moved. */
  askbid(symbol: string, bid: number, ask: number): Promise<void>;
  /** Lays down what history answers. */
  setRows(symbol: string, period: string, rows: readonly FakeRow[]): void;
  close(): Promise<void>;
}

export const FAKE_SYMBOLS = ['FX:EURUSD', 'BINANCE:BTCUSDT', 'NASDAQ:AAPL'];

/** See the top of this file. */
export async function startFcsVenue(options: FcsVenueOptions = {}): Promise<FcsVenue> {
  const { now = Date.now, symbols = FAKE_SYMBOLS, welcomeMs = 0 } = options;
  const accessKey = 'fake-access-key';
  const keys = new Set([accessKey, 'fcs_socket_demo']);
  const faults: SocketFaults & RestFaults = {
    upgrade: undefined,
    unwelcome: 'http-401',
    everyone: false,
    deaf: false,
    join: undefined,
    api: undefined,
    shape: 'object',
    pageRows: 10_000,
    ignoresPages: false,
  };
  const requests: SeenRequest[] = [];
  const candles = new Map<string, FakeRow>();
  const rows = new Map<string, readonly FakeRow[]>();

  const rest = createFakeRest({
    faults,
    keys: new Set([accessKey]),
    has: (symbol) => symbols.includes(symbol),
    rowsOf: (symbol, period) => rows.get(`${symbol} ${period}`) ?? [],
    seen: (request) => requests.push(request),
  });
  const server = createServer(rest);
  const socket = startFakeSocket({ server, faults, keys, welcomeMs, now, greet: (room) => greet(room, candles) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  const { port } = server.address() as AddressInfo;

  const move = (room: FakeRoom, price: number, quantity: number): object => {
    const start = startOf(room.timeframe, now());
    const place = `${room.symbol} ${room.timeframe}`;
    const running = candles.get(place);
    const [t, o, h, l, , v] = running?.[0] === start ? running : [start, price, price, price, price, 0];
    const moved: FakeRow = [t, o, Math.max(h, price), Math.min(l, price), price, v + quantity];
    candles.set(place, moved);
    return { mode: 'candle', ...fieldsOf(moved), a: price + 0.01, b: price - 0.01 };
  };

  return {
    apiUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}/ws`,
    accessKey,
    faults,
    socket,
    requests,
    async trade(symbol, price, quantity = 1) {
      for (const { room: timeframe } of FCS_TIMEFRAMES) {
        const room = { symbol, timeframe };
        await socket.tell(room, move(room, price, quantity));
      }
    },
    async askbid(symbol, bid, ask) {
      for (const { room: timeframe } of FCS_TIMEFRAMES) {
        const [t, , , , c] = candles.get(`${symbol} ${timeframe}`) ?? [startOf(timeframe, now()), 0, 0, 0, bid];
        await socket.tell(
          { symbol, timeframe },
          { mode: 'askbid', update: Math.floor(now() / 1_000), c, a: ask, b: bid, t },
        );
      }
    },
    setRows: (symbol, period, laid) => void rows.set(`${symbol} ${period}`, laid),
    async close() {
      socket.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function greet({ symbol, timeframe }: FakeRoom, candles: ReadonlyMap<string, FakeRow>): readonly object[] {
  const profile = { current_session: 'market', timezone: 'Etc/UTC', pro_name: symbol, update_mode: 'streaming' };
  const row = candles.get(`${symbol} ${timeframe}`);
  const initial = row === undefined ? [] : [{ mode: 'initial', ...fieldsOf(row), v: 0.247 }];
  return [{ mode: 'profile', profile }, ...initial];
}

function fieldsOf([t, o, h, l, c, v]: FakeRow): object {
  return { t, o, h, l, c, v };
}

/** In Unix seconds. Everything is counted from the epoch. */
function startOf(room: string, now: number): number {
  const timeframe = FCS_TIMEFRAMES.find((each) => each.room === room)?.timeframe ?? '1m';
  const lengthMs = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : INTRADAY_MS['4h'] * 6;
  return (Math.floor(now / lengthMs) * lengthMs) / 1_000;
}
