import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CandleTable } from '../../../contract/commands.ts';
import type { Snapshot } from '../../../contract/events.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Candle } from '../../../core/candle.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import { BASE_TIMEFRAME, isTimeframe, TIMEFRAMES, type Timeframe } from '../../../core/timeframe.ts';
import type { EngineHost } from '../../engine/host.ts';
import { dispatch } from '../dispatch.ts';
import { sameSecret } from './local-guard.ts';
import { type Sockets, sendOrDrop } from './page-sockets.ts';

/** A bar as scripts get it; `time` is the bar's opening in Unix seconds, `volume` null where unknown. */
interface ApiCandle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

/** What a script asks about: bars of one instrument (undefined: of all) in one timeframe. */
interface Subject {
  readonly instrument: InstrumentKey | undefined;
  readonly timeframe: Timeframe;
}

/** As many bars as the engine gives in one answer. */
const MOST_BARS = 5_000;

const NO_QUERY = new URLSearchParams();

const STATUS: Partial<Record<ErrorCode, number>> = { 'invalid-input': 400, 'not-found': 404, 'rate-limited': 429 };

export interface PublicApi extends Sockets {
  /** Whether the request carries the key: `?api_key=`, `x-api-key` or `Authorization: Bearer`. */
  hasKey(request: IncomingMessage, query: URLSearchParams): boolean;
  /** `GET /historic?symbol=&timeframe=`: the newest bars as JSON, oldest first, the forming one last. */
  historic(query: URLSearchParams, response: ServerResponse): Promise<void>;
}

/** Read-only access for scripts on this machine, opened by `serve --api-key`. */
export function createPublicApi(engine: EngineHost, apiKey: string): PublicApi {
  // No message is expected from a script, so a long one is refused by size.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
  return {
    hasKey: ({ headers }, query) =>
      [query.get('api_key'), headers['x-api-key'], headers.authorization?.replace(/^Bearer /i, '')].some(
        (given) => typeof given === 'string' && sameSecret(given, apiKey),
      ),
    async historic(query, response) {
      const subject = readSubject(query);
      if (typeof subject === 'string') return sendJson(response, 400, { error: subject });
      if (subject.instrument === undefined)
        return sendJson(response, 400, { error: 'Say which instrument: /historic?symbol=RELIANCE&timeframe=5m' });
      const input = { ...subject, before: null, limit: MOST_BARS };
      const reply = await dispatch(engine, 'candles.load', input);
      if (!reply.ok) return sendJson(response, STATUS[reply.code] ?? 500, { error: reply.message });
      // The command's own output type; dispatch is typed for all commands at once.
      sendJson(response, 200, rowsOf(reply.value as CandleTable));
    },
    accept(incoming, socket, head) {
      const subject = readSubject(URL.parse(incoming.url ?? '/', 'http://127.0.0.1')?.searchParams ?? NO_QUERY);
      if (typeof subject === 'string') return refuse(socket, '400 Bad Request', subject);
      sockets.handleUpgrade(incoming, socket, head, (script) => {
        follow(engine, script, subject);
      });
    },
    close() {
      for (const script of sockets.clients) script.terminate();
      sockets.close();
    },
  };
}

/** Ends a connection that wanted to become a WebSocket, with a sentence that wscat and curl show. */
export function refuse(socket: Duplex, status: string, sentence: string): void {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n`;
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}Content-Length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** The subject, or the sentence that says what is wrong with it. */
function readSubject(query: URLSearchParams): Subject | string {
  const symbol = query.get('symbol')?.trim().toUpperCase() ?? '';
  const timeframe = query.get('timeframe')?.trim() || BASE_TIMEFRAME;
  if (!isTimeframe(timeframe)) return `There is no timeframe "${timeframe}". Use one of ${TIMEFRAMES.join(' ')}.`;
  if (symbol === '') return { instrument: undefined, timeframe };
  // Checked by the command's own schema before anyone looks it up.
  const instrument = (symbol.includes(':') ? symbol : `NSE:${symbol}`) as InstrumentKey;
  return { instrument, timeframe };
}

function rowsOf(table: CandleTable): readonly ApiCandle[] {
  const rows = table.openTime.map((openTime, index) => ({
    time: openTime / 1_000,
    // The columns have one length, so what holds for the time holds for the rest.
    open: table.open[index] as number,
    high: table.high[index] as number,
    low: table.low[index] as number,
    close: table.close[index] as number,
    volume: table.volume[index] ?? null,
  }));
  return table.forming === null ? rows : [...rows, rowOf(table.forming)];
}

function rowOf({ openTime, open, high, low, close, volume }: Candle): ApiCandle {
  return { time: openTime / 1_000, open, high, low, close, volume: volume ?? null };
}

let lastScript = 0;

/** Sends `{"candle": …}` for each change of the subject's bars until the script leaves. */
function follow(engine: EngineHost, script: WebSocket, subject: Subject): void {
  lastScript += 1;
  const screen = `script-${lastScript}`;
  const unsubscribe = engine.subscribe(({ events }) => {
    for (const event of events) {
      if (event.type === 'reset') void watch(engine, screen, subject);
      if (event.type !== 'candle' || event.candle.timeframe !== subject.timeframe) continue;
      const { instrument, timeframe } = event.candle;
      if (subject.instrument !== undefined && subject.instrument !== instrument) continue;
      sendOrDrop(script, { candle: { symbol: instrument, timeframe, ...rowOf(event.candle), closed: event.closed } });
    }
  });
  script.on('close', unsubscribe);
  script.on('error', () => {
    script.terminate();
  });
  void watch(engine, screen, subject);
}

/** Asks the engine for the bars of the subject: a screen follows one chart, so each instrument gets one of its own. */
async function watch(engine: EngineHost, screen: string, { instrument, timeframe }: Subject): Promise<void> {
  const wanted = instrument === undefined ? await allInstruments(engine) : [instrument];
  for (const key of wanted) {
    await dispatch(engine, 'chart.watch', { screen: `${screen} ${key}`.slice(0, 64), instrument: key, timeframe });
  }
}

async function allInstruments(engine: EngineHost): Promise<readonly InstrumentKey[]> {
  const reply = await dispatch(engine, 'app.snapshot', null);
  // The command's own output type; dispatch is typed for all commands at once.
  return reply.ok ? (reply.value as Snapshot).instruments.map(({ key }) => key) : [];
}
