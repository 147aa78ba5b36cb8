import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { CandleTable } from '../../../contract/commands.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import { BASE_TIMEFRAME, isTimeframe, TIMEFRAMES } from '../../../core/timeframe.ts';
import type { EngineHost } from '../../engine/host.ts';
import { dispatch } from '../dispatch.ts';
import { MOST_BARS, rowOf, rowsOf, type Subject, streamCandles } from './candle-stream.ts';
import { sameSecret } from './local-guard.ts';
import { type Sockets, sendOrDrop } from './page-sockets.ts';

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
      const table = reply.value as CandleTable;
      sendJson(response, 200, table.forming === null ? rowsOf(table) : [...rowsOf(table), rowOf(table.forming)]);
    },
    accept(incoming, socket, head) {
      const subject = readSubject(URL.parse(incoming.url ?? '/', 'http://127.0.0.1')?.searchParams ?? NO_QUERY);
      if (typeof subject === 'string') return refuse(socket, '400 Bad Request', subject);
      void whatIsWrong(engine, subject).then((sentence) => {
        if (sentence !== undefined) return refuse(socket, '404 Not Found', sentence);
        sockets.handleUpgrade(incoming, socket, head, (script) => {
          const stop = streamCandles(engine, subject, (candle) => sendOrDrop(script, { candle }));
          script.on('close', stop);
          script.on('error', () => script.terminate());
        });
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

/** Answers with JSON that no cache keeps. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Asks for one bar, so that a script hears at once of an instrument nobody knows. */
async function whatIsWrong(engine: EngineHost, { instrument, timeframe }: Subject): Promise<string | undefined> {
  if (instrument === undefined) return undefined;
  const reply = await dispatch(engine, 'candles.load', { instrument, timeframe, before: null, limit: 1 });
  return reply.ok ? undefined : reply.message;
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
