import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerCandles, FAKE_SECONDS } from './kucoin-candles.ts';
import type { FakeQuote, FakeRow } from './kucoin-messages.ts';
import { type FakeSymbol, symbolRow } from './kucoin-symbols.ts';

export interface RestFaults {
  /** Answer everything with a web page, with rubbish called JSON, a redirect, an HTTP status, an error code, or never. */
  api:
    | 'html'
    | 'rubbish'
    | 'redirect'
    | 'hang'
    | 429
    | 500
    | 503
    | { readonly code: string; readonly msg: string }
    | undefined;
  /** The same, for the next request for a token only. */
  tokenOnce: RestFaults['api'];
  /** Ms that "too many" says to wait; undefined leaves the header out. */
  resetMs: number | undefined;
  /** Lists are empty. */
  empty: boolean;
  /** `endAt` of candles counts. */
  endCounts: boolean;
}

/** The state of the venue that its REST half looks at. */
export interface RestParts {
  readonly symbols: readonly FakeSymbol[];
  readonly faults: RestFaults;
  readonly candles: ReadonlyMap<string, readonly FakeRow[]>;
  now(): number;
  /** The `data` of the token request. */
  issueToken(): object;
  quoteOf(symbol: string): FakeQuote | undefined;
}

class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The REST half of the fake venue, as a request handler. */
export function createRest(parts: RestParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { faults } = parts;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const isToken = pathname.endsWith('/bullet-public');
    const fault = (isToken ? faults.tokenOnce : undefined) ?? faults.api;
    if (isToken) faults.tokenOnce = undefined;
    if (fault !== undefined) {
      fail(response, fault, faults.resetMs);
      return;
    }
    try {
      const data = answer(parts, `${request.method} ${pathname}`, searchParams);
      reply(response, 200, { code: '200000', data });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      // As the real one: an error may well come with HTTP 200.
      reply(response, 200, { code: thrown.code, msg: thrown.message });
    }
  };
}

function answer(parts: RestParts, question: string, query: URLSearchParams): unknown {
  const { symbols, faults, now, quoteOf } = parts;
  switch (question) {
    case 'POST /api/v1/bullet-public':
      return parts.issueToken();
    case 'GET /api/v1/timestamp':
      return now();
    case 'GET /api/v2/symbols':
      return faults.empty ? [] : symbols.map(symbolRow);
    case 'GET /api/v1/market/allTickers':
      return {
        time: now(),
        ticker: faults.empty ? [] : symbols.map(({ symbol }) => tickerRow(symbol, quoteOf(symbol))),
      };
    case 'GET /api/v1/market/orderbook/level1':
      return bestLevel(quoteOf(known(parts, query).symbol));
    case 'GET /api/v1/market/candles':
      return candlesOf(parts, query);
    default:
      throw new Refusal('404000', 'URL not found');
  }
}

function known({ symbols }: RestParts, query: URLSearchParams): FakeSymbol {
  const symbol = symbols.find((each) => each.symbol === query.get('symbol'));
  if (symbol === undefined) throw new Refusal('900001', 'symbol not exists');
  return symbol;
}

function candlesOf(parts: RestParts, query: URLSearchParams): readonly FakeRow[] {
  const symbol = known(parts, query);
  const type = query.get('type') ?? '';
  if (!Object.hasOwn(FAKE_SECONDS, type)) throw new Refusal('400100', 'Incorrect candlestick type.');
  if (parts.faults.empty) return [];
  const [startAt, endAt] = [Number(query.get('startAt') ?? 0), Number(query.get('endAt') ?? 0)];
  const laidDown = parts.candles.get(`${symbol.symbol} ${type}`);
  return answerCandles({ symbol, type, startAt, endAt, laidDown, now: parts.now(), endCounts: parts.faults.endCounts });
}

/** Null before the first trade. */
function bestLevel(quote: FakeQuote | undefined): object | null {
  if (quote === undefined) return null;
  const { symbol: _symbol, ...rest } = quote;
  return { size: '0.1', bestBidSize: '2.5', bestAskSize: '1.5', ...rest };
}

function tickerRow(symbol: string, quote: FakeQuote | undefined): object {
  return {
    symbol,
    symbolName: symbol,
    buy: quote?.bestBid ?? null,
    bestBidSize: '2.5',
    sell: quote?.bestAsk ?? null,
    bestAskSize: '1.5',
    changeRate: '0.01',
    changePrice: '10',
    high: '99999',
    low: '0.00001',
    vol: '123.45',
    volValue: '6789',
    last: quote?.price ?? null,
    averagePrice: null,
    takerFeeRate: '0.001',
    makerFeeRate: '0.001',
    takerCoefficient: '1',
    makerCoefficient: '1',
  };
}

function fail(response: ServerResponse, fault: NonNullable<RestFaults['api']>, resetMs: number | undefined): void {
  if (fault === 'hang') return;
  if (fault === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please log in</body></html>');
  } else if (fault === 'rubbish') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"code":');
  } else if (fault === 'redirect') {
    response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  } else if (fault === 429) {
    const headers =
      resetMs === undefined
        ? {}
        : { 'gw-ratelimit-limit': '2000', 'gw-ratelimit-remaining': '0', 'gw-ratelimit-reset': `${resetMs}` };
    reply(response, 429, { code: '429000', msg: 'Too many requests' }, headers);
  } else if (typeof fault === 'number') {
    reply(response, fault, { code: `${fault}000`, msg: `Told to fail with ${fault}` });
  } else reply(response, 200, fault);
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
