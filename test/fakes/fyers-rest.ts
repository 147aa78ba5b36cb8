import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { answerCandles, FAKE_RESOLUTIONS } from './fyers-candles.ts';
import type { FakeValues } from './fyers-frames.ts';
import type { FakeReply, LoginDesk } from './fyers-login.ts';
import { type FakeSymbol, listOf } from './fyers-symbols.ts';

export interface RestFaults {
  /** Answer everything with a web page, with rubbish called JSON, with an HTTP status, or not at all. */
  api: 'html' | 'rubbish' | 'hang' | 403 | 429 | 500 | 503 | undefined;
}

/** The state of the venue that its REST half looks at. */
export interface RestParts {
  readonly symbols: readonly FakeSymbol[];
  readonly faults: RestFaults;
  readonly login: LoginDesk;
  /** Whether to answer 429 above the real limits, counted by the second and the minute of the machine. */
  readonly keepsLimits: boolean;
  now(): number;
  isAllowed(authorization: string): boolean;
  stateOf(ticker: string): FakeValues | undefined;
}

/** The REST half of the fake venue: logins, lists, prices. */
export function createRest(parts: RestParts): (request: IncomingMessage, response: ServerResponse) => void {
  const counted = new Map<string, number>();
  const isTooMany = (): boolean => {
    const [second, minute] = [1_000, 60_000].map((length) => `${length} ${Math.floor(Date.now() / length)}`);
    const counts = [second, minute].map((window = '') => {
      counted.set(window, (counted.get(window) ?? 0) + 1);
      return counted.get(window) ?? 0;
    });
    return parts.keepsLimits && ((counts[0] ?? 0) > 10 || (counts[1] ?? 0) > 200);
  };
  const answer = (
    method: string,
    url: URL,
    body: Readonly<Record<string, unknown>>,
    authorization: string,
  ): FakeReply => {
    const login = parts.login.answer(url.pathname, body, authorization);
    if (login !== undefined) return login;
    if (isTooMany())
      return { status: 429, body: failure(-429, 'request limit reached'), headers: { 'retry-after': '1' } };
    const isPrices = url.pathname.startsWith('/data/') && url.pathname !== '/data/history';
    if (!parts.isAllowed(authorization))
      return {
        status: 401,
        body: isPrices
          ? { message: 'Please provide valid token', code: -15, s: 'error' }
          : failure(-16, 'Could not authenticate the user'),
      };
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/v3/profile':
        return ok({ data: { fy_id: 'XX00001', name: 'SOME BODY', email_id: 'somebody@example.com' } });
      case 'GET /data/marketStatus':
        return ok({ marketStatus: [{ exchange: 10, market_type: 'NORMAL', segment: 10, status: 'OPEN' }] });
      case 'GET /data/quotes':
        return answerQuotes(parts, (url.searchParams.get('symbols') ?? '').split(','));
      case 'GET /data/depth':
        return answerDepth(parts, url.searchParams.get('symbol') ?? '');
      case 'GET /data/history':
        return answerHistory(parts, url.searchParams);
      case 'POST /data/symbol-token':
        return answerSymbolTokens(parts, Array.isArray(body['symbols']) ? body['symbols'].map(String) : []);
      default:
        return { status: 404, body: failure(-1, 'Invalid URL') };
    }
  };

  return (request, response) => {
    if (parts.faults.api !== undefined) {
      fail(response, parts.faults.api);
      return;
    }
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === '/sym_details/NSE_CM.csv') {
      const csv = gzipSync(listOf(parts.symbols));
      response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' }).end(csv);
      return;
    }
    void readBody(request).then((text) => {
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const reply = answer(request.method ?? '', url, body, request.headers.authorization ?? '');
      response
        .writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        .end(JSON.stringify(reply.body));
    });
  };
}

function answerQuotes({ symbols, stateOf, now }: RestParts, tickers: readonly string[]): FakeReply {
  if (tickers.length > 50) return { status: 400, body: failure(-50, 'Please provide less than 50 symbols') };
  return ok({
    d: tickers.map((ticker) => {
      const symbol = symbols.find((each) => each.ticker === ticker);
      const state = stateOf(ticker);
      if (symbol === undefined || state === undefined)
        return { n: ticker, s: 'error', v: { code: -300, errmsg: 'Invalid symbol provided', s: 'error' } };
      const ltp = state['ltp'] ?? state['iv'] ?? 0;
      const close = state['c'] ?? state['ic'] ?? 0;
      const v = {
        ch: ltp - close,
        chp: 0,
        lp: ltp,
        spread: 0,
        ask: state['sp'] ?? 0,
        bid: state['bp'] ?? 0,
        open_price: state['op'] ?? state['openingPrice'] ?? 0,
        high_price: state['h'] ?? state['highPrice'] ?? 0,
        low_price: state['lo'] ?? state['lowPrice'] ?? 0,
        prev_close_price: close,
        atp: state['ap'] ?? 0,
        volume: state['v'] ?? 0,
        short_name: ticker.slice(4),
        exchange: 'NSE',
        description: ticker,
        original_name: ticker,
        symbol: ticker,
        fyToken: symbol.fyToken,
        tt: String(state['fdtm'] ?? state['tvalue'] ?? Math.floor(now() / 1_000)),
      };
      return { n: ticker, s: 'ok', v };
    }),
  });
}

function answerDepth({ stateOf }: RestParts, ticker: string): FakeReply {
  const state = stateOf(ticker);
  if (state === undefined) return { status: 400, body: failure(-300, 'Invalid symbol provided') };
  const none = { price: 0, volume: 0, ord: 0 };
  const side = (price = 0, volume = 0) => [{ price, volume, ord: 1 }, none, none, none, none];
  const book = {
    totalbuyqty: state['tbq'] ?? 0,
    totalsellqty: state['tsq'] ?? 0,
    bids: side(state['bp'], state['bq']),
    ask: side(state['sp'], state['bs']),
    ltp: state['ltp'] ?? 0,
    c: state['c'] ?? 0,
    v: state['v'] ?? 0,
  };
  return ok({ d: { [ticker]: book }, message: '' });
}

function answerHistory({ symbols, now }: RestParts, query: URLSearchParams): FakeReply {
  const symbol = symbols.find(({ ticker }) => ticker === query.get('symbol'));
  const resolution = query.get('resolution') ?? '';
  const known = FAKE_RESOLUTIONS[resolution];
  if (symbol === undefined) return { status: 400, body: failure(-300, 'Invalid symbol') };
  if (known === undefined) return { status: 422, body: failure(-50, 'Invalid resolution') };
  const ends = [query.get('range_from'), query.get('range_to')].map((text) =>
    query.get('date_format') === '1' ? Date.parse(`${text}T00:00:00+05:30`) / 1_000 : Number(text),
  );
  const [from = Number.NaN, end = Number.NaN] = ends;
  const to = query.get('date_format') === '1' ? end + 86_399 : end;
  if (!(from <= to) || to - from > known.mostDays * 86_400)
    return { status: 422, body: failure(-50, `Range is more than ${known.mostDays} days`) };
  const question = { base: symbol.price, hasVolume: symbol.indexName === undefined, resolution, from, to, now: now() };
  const candles = answerCandles(question);
  if (candles.length === 0) return { status: 200, body: { s: 'no_data', candles: [], message: '' } };
  return ok({ candles });
}

function answerSymbolTokens({ symbols }: RestParts, tickers: readonly string[]): FakeReply {
  if (tickers.length > 500) return { status: 400, body: failure(-50, 'Too many symbols') };
  const found = tickers.flatMap((ticker) => symbols.find((symbol) => symbol.ticker === ticker) ?? []);
  return ok({
    validSymbol: Object.fromEntries(found.map(({ ticker, fyToken }) => [ticker, fyToken])),
    invalidSymbol: tickers.filter((ticker) => !found.some((symbol) => symbol.ticker === ticker)),
  });
}

function ok(body: Readonly<Record<string, unknown>>): FakeReply {
  return { status: 200, body: { s: 'ok', code: 200, message: '', ...body } };
}

function failure(code: number, message: string): Readonly<Record<string, unknown>> {
  return { code, message, s: 'error' };
}

function fail(response: ServerResponse, fault: Exclude<RestFaults['api'], undefined>): void {
  if (fault === 'hang') return;
  const [status, type, text] =
    fault === 'html'
      ? [200, 'text/html', '<html><body>Please log in to the network</body></html>']
      : fault === 'rubbish'
        ? [200, 'application/json', '{"s":']
        : [fault, 'application/json', JSON.stringify(failure(fault === 429 ? -429 : -1, `Told to fail with ${fault}`))];
  response.writeHead(status, { 'content-type': type }).end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
