import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { DAY_MS, type EpochMs } from '../../src/core/brand.ts';
import { fromIst, toIst } from '../../src/main/brokers/kite/ist.ts';
import { answerCandles, FAKE_INTERVALS, type FakeCandle } from './kite-candles.ts';
import { dumpOf, type FakeInstrument } from './kite-instruments.ts';
import type { FakeTick } from './kite-packets.ts';

export interface RestFaults {
  /** Answer everything with a web page, with rubbish called JSON, with an HTTP status, or not at all. */
  api: 'html' | 'rubbish' | 'hang' | 429 | 500 | 502 | 503 | undefined;
}

/** The state of the venue that its REST half looks at. */
export interface RestParts {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly instruments: readonly FakeInstrument[];
  readonly minutes: ReadonlyMap<number, readonly FakeCandle[]>;
  readonly faults: RestFaults;
  /** Whether to answer 429 above the real limits, counted by the second. */
  readonly keepsLimits: boolean;
  now(): number;
  isAllowed(apiKey: string | null, accessToken: string | null): boolean;
  /** A new access token for a request token that was issued and not yet used. */
  exchange(requestToken: string): string | undefined;
  stateOf(token: number): FakeTick | undefined;
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

class Refusal extends Error {
  readonly status: number;
  readonly errorType: string;
  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}

const MOST_PER_SECOND = { quote: 1, history: 3, other: 10 } as const;

/** The REST half of the fake venue, as a request handler. */
export function createRest(parts: RestParts): (request: IncomingMessage, response: ServerResponse) => void {
  const counted = new Map<string, number>();
  const count = (group: keyof typeof MOST_PER_SECOND): void => {
    const second = `${group} ${Math.floor(Date.now() / 1_000)}`;
    const so = (counted.get(second) ?? 0) + 1;
    counted.set(second, so);
    if (parts.keepsLimits && so > MOST_PER_SECOND[group])
      throw new Refusal(429, 'NetworkException', 'Too many requests');
  };
  const answer = (question: Question): unknown => {
    const { method, path, query, form } = question;
    if (method === 'POST' && path === '/session/token') return openSession(parts, form);
    if (path === '/user/profile') {
      count('other');
      return PROFILE;
    }
    if (path === '/quote' || path === '/quote/ohlc' || path === '/quote/ltp') {
      count('quote');
      return answerQuotes(parts, path, query.getAll('i'));
    }
    const history = /^\/instruments\/historical\/(\d+)\/(\w+)$/.exec(path);
    if (history !== null) {
      count('history');
      return answerHistory(parts, Number(history[1]), history[2] ?? '', query);
    }
    throw new Refusal(404, 'GeneralException', 'Route not found');
  };

  return (request, response) => {
    if (parts.faults.api !== undefined) {
      fail(response, parts.faults.api);
      return;
    }
    const url = new URL(request.url ?? '/', 'http://fake');
    if (request.method === 'GET' && (url.pathname === '/instruments' || url.pathname === '/instruments/NSE')) {
      const csv = gzipSync(dumpOf(parts.instruments));
      response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' }).end(csv);
      return;
    }
    void readBody(request).then((body) => {
      const question = { method: request.method ?? '', path: url.pathname, query: url.searchParams };
      try {
        if (question.method !== 'POST') checkLogin(parts, request.headers.authorization ?? '');
        const data = answer({ ...question, form: new URLSearchParams(body) });
        reply(response, 200, { status: 'success', data });
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        const { status, errorType, message } = thrown;
        reply(response, status, { status: 'error', message, error_type: errorType, data: null });
      }
    });
  };
}

function checkLogin({ isAllowed }: RestParts, authorization: string): void {
  const [, apiKey = null, accessToken = null] = /^token ([^:]*):(.*)$/.exec(authorization) ?? [];
  if (!isAllowed(apiKey, accessToken))
    throw new Refusal(403, 'TokenException', 'Incorrect `api_key` or `access_token`.');
}

function openSession(parts: RestParts, form: URLSearchParams): unknown {
  const requestToken = form.get('request_token') ?? '';
  const checksum = createHash('sha256').update(`${parts.apiKey}${requestToken}${parts.apiSecret}`).digest('hex');
  if (form.get('api_key') !== parts.apiKey || form.get('checksum') !== checksum)
    throw new Refusal(403, 'TokenException', 'Invalid `checksum`.');
  const accessToken = parts.exchange(requestToken);
  if (accessToken === undefined) throw new Refusal(403, 'TokenException', 'Token is invalid or has expired.');
  return {
    ...PROFILE,
    api_key: parts.apiKey,
    access_token: accessToken,
    public_token: 'fake',
    enctoken: 'fake',
    refresh_token: '',
    silo: '',
    login_time: toIst(parts.now() as EpochMs),
  };
}

function answerQuotes(parts: RestParts, path: string, keys: readonly string[]): unknown {
  const most = path === '/quote' ? 500 : 1_000;
  if (keys.length > most)
    throw new Refusal(400, 'InputException', `Too many tokens requested. Max permitted is ${most}.`);
  const found = keys.flatMap((key) => {
    const instrument = parts.instruments.find(({ tradingSymbol }) => key === `NSE:${tradingSymbol}`);
    const state = instrument && parts.stateOf(instrument.token);
    return state === undefined ? [] : [[key, quoteOf(state, path, parts.now())] as const];
  });
  return Object.fromEntries(found);
}

function quoteOf(state: FakeTick, path: string, now: number): unknown {
  const { token, ltp, open = 0, high = 0, low = 0, close = 0 } = state;
  const brief = { instrument_token: token, last_price: ltp };
  if (path === '/quote/ltp') return brief;
  const ohlc = { open, high, low, close };
  if (path === '/quote/ohlc') return { ...brief, ohlc };
  return {
    ...brief,
    timestamp: toIst((state.exchangeTime ?? now) as EpochMs),
    last_trade_time: toIst((state.lastTradeTime ?? now) as EpochMs),
    last_quantity: state.lastQuantity ?? 0,
    average_price: state.averagePrice ?? 0,
    volume: state.dayVolume ?? 0,
    buy_quantity: state.buyQuantity ?? 0,
    sell_quantity: state.sellQuantity ?? 0,
    oi: 0,
    oi_day_high: 0,
    oi_day_low: 0,
    net_change: 0,
    lower_circuit_limit: 0,
    upper_circuit_limit: 0,
    ohlc,
    depth: { buy: state.buy ?? [], sell: state.sell ?? [] },
  };
}

function answerHistory(parts: RestParts, token: number, interval: string, query: URLSearchParams): unknown {
  const known = FAKE_INTERVALS[interval];
  const from = instant(query.get('from'));
  const to = instant(query.get('to'));
  if (known === undefined) throw new Refusal(400, 'InputException', 'invalid interval');
  if (from === undefined) throw new Refusal(400, 'InputException', 'invalid from date');
  if (to === undefined || to < from) throw new Refusal(400, 'InputException', 'invalid to date');
  if (to - from > known.mostDays * DAY_MS)
    throw new Refusal(400, 'InputException', `interval exceeds max limit: ${known.mostDays} days`);
  if (!parts.instruments.some((instrument) => instrument.token === token))
    throw new Refusal(400, 'InputException', 'invalid token');
  const minutes = parts.minutes.get(token);
  const bars = answerCandles({ token, interval, from, to, now: parts.now(), minutes });
  return { candles: bars.map(([time, ...prices]) => [`${toIst(time as EpochMs).replace(' ', 'T')}+0530`, ...prices]) };
}

function instant(text: string | null): number | undefined {
  if (text === null) return undefined;
  return fromIst(text.length === 10 ? `${text} 00:00:00` : text);
}

function fail(response: ServerResponse, fault: Exclude<RestFaults['api'], undefined>): void {
  if (fault === 'hang') return;
  if (fault === 'html') {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><body>Please log in to the network</body></html>');
  } else if (fault === 'rubbish') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":');
  } else {
    const errorType = fault === 500 ? 'GeneralException' : fault === 502 ? 'DataException' : 'NetworkException';
    reply(response, fault, {
      status: 'error',
      message: `Told to fail with ${fault}`,
      error_type: errorType,
      data: null,
    });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const PROFILE = {
  user_id: 'AB1234',
  user_type: 'individual',
  email: 'somebody@example.com',
  user_name: 'Some Body',
  user_shortname: 'Some',
  broker: 'ZERODHA',
  exchanges: ['NSE'],
  products: ['CNC'],
  order_types: ['MARKET', 'LIMIT'],
  avatar_url: null,
  meta: { demat_consent: 'physical' },
};
