import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type FakeInstrument,
  type FakeTrade,
  instrumentPayload,
  lastPricePayload,
  quotation,
  shortPayload,
  stamp,
  tradePayload,
} from './tinvest-frames.ts';

export interface RestFaults {
  /** Answer everything with a web page, with rubbish called JSON, with an HTTP status, not at all, or with an address. */
  api: 'html' | 'rubbish' | 'hang' | 'redirect' | 403 | 500 | 503 | undefined;
  /** Answer the next calls of this method with 429, this often. */
  tooMany: { readonly method: string; times: number; readonly reset: string | undefined } | undefined;
}

export interface RestParts {
  readonly faults: RestFaults;
  readonly instruments: readonly FakeInstrument[];
  readonly trades: readonly FakeTrade[];
  /** Hears of every call and its body. */
  heard(method: string, body: string): void;
  now(): number;
  isAllowed(token: string): boolean;
  find(instrumentId: string): FakeInstrument | undefined;
  picture(uid: string): { readonly price: number; readonly time: number };
}

class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly description: string;
  constructor(status: number, code: number, description: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.description = description;
  }
}

const DAY = 86_400_000;
/** Length and longest window of each interval. */
const INTERVALS: Readonly<Record<string, readonly [lengthMs: number, windowMs: number]>> = {
  '5_SEC': [5_000, 200 * 60_000],
  '10_SEC': [10_000, 200 * 60_000],
  '30_SEC': [30_000, 20 * 3_600_000],
  '1_MIN': [60_000, DAY],
  '2_MIN': [120_000, DAY],
  '3_MIN': [180_000, DAY],
  '5_MIN': [300_000, 7 * DAY],
  '10_MIN': [600_000, 7 * DAY],
  '15_MIN': [900_000, 21 * DAY],
  '30_MIN': [1_800_000, 21 * DAY],
  HOUR: [3_600_000, 92 * DAY],
  '2_HOUR': [7_200_000, 92 * DAY],
  '4_HOUR': [14_400_000, 92 * DAY],
  DAY: [DAY, 2_192 * DAY],
  WEEK: [7 * DAY, 1_827 * DAY],
  MONTH: [30 * DAY, 3_653 * DAY],
};

type Fields = Readonly<Record<string, unknown>>;
const PREFIX = '/rest/tinkoff.public.invest.api.contract.v1.';

/** The REST half of the fake venue, as a request handler. Candles are made up: one for every interval, of any time. */
export function createRest(parts: RestParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { faults, find, now, picture } = parts;
  const known = (id: unknown): FakeInstrument => {
    const instrument = typeof id === 'string' ? find(id) : undefined;
    if (instrument === undefined) throw new Refusal(404, 5, '50002', 'instrument not found');
    return instrument;
  };
  const methods: Readonly<Record<string, (body: Fields) => object>> = {
    'MarketDataService/GetCandles': (body) => ({ candles: candles(body, known(body['instrumentId']), now()) }),
    'MarketDataService/GetLastTrades'(body) {
      const instrument = known(body['instrumentId']);
      const [from, to] = [instant(body['from'], '30003'), instant(body['to'], '30003')];
      const oldest = Math.max(from, now() - 3_600_000);
      const rows = parts.trades.filter(({ uid, time }) => uid === instrument.uid && time >= oldest && time <= to);
      return { trades: rows.map((trade) => tradePayload(trade, instrument)) };
    },
    'MarketDataService/GetLastPrices'({ instrumentId }) {
      if (!Array.isArray(instrumentId)) throw new Refusal(400, 3, '30093', 'missing instrument_id');
      const rows = instrumentId.map(known);
      return {
        lastPrices: rows.map((each) => lastPricePayload(picture(each.uid).price, picture(each.uid).time, each)),
      };
    },
    'InstrumentsService/GetInstrumentBy'({ idType, id, classCode }) {
      const found = parts.instruments.find((each) =>
        idType === 'INSTRUMENT_ID_TYPE_TICKER'
          ? each.ticker === id && each.classCode === classCode
          : idType === 'INSTRUMENT_ID_TYPE_FIGI'
            ? each.figi === id
            : idType === 'INSTRUMENT_ID_TYPE_UID' && each.uid === id,
      );
      if (found === undefined) throw new Refusal(404, 5, '50002', 'instrument not found');
      return { instrument: instrumentPayload(found) };
    },
    'InstrumentsService/FindInstrument'({ query }) {
      const found = parts.instruments.filter(({ ticker, name, figi, uid }) =>
        [ticker, name, figi, uid].some((text) => text.includes(String(query))),
      );
      return { instruments: found.map(shortPayload) };
    },
    'InstrumentsService/Shares': () => ({ instruments: parts.instruments.map(instrumentPayload) }),
    'UsersService/GetUserTariff': () => ({ unaryLimits: [], streamLimits: [{ limit: 16, open: 1, streams: [] }] }),
  };

  return (request, response) => {
    if (faults.api !== undefined && fail(response, faults.api)) return;
    void readBody(request).then((text) => {
      try {
        const { pathname } = new URL(request.url ?? '/', 'http://fake');
        const name = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : '';
        parts.heard(name, text);
        const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
        if (request.method !== 'POST' || method === undefined) throw new Refusal(404, 12, '', 'unimplemented');
        const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        if (!parts.isAllowed(token)) throw new Refusal(401, 16, '40003', 'authentication token is missing or invalid');
        const { tooMany } = faults;
        if (tooMany !== undefined && tooMany.times > 0 && name.endsWith(`/${tooMany.method}`)) {
          tooMany.times -= 1;
          if (tooMany.reset !== undefined) response.setHeader('x-ratelimit-reset', tooMany.reset);
          throw new Refusal(429, 8, '80002', 'request limit exceeded');
        }
        reply(response, 200, method(bodyOf(text)));
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        const { status, code, description, message } = thrown;
        reply(response, status, { code, message, description: Number(description) || description });
      }
    });
  };
}

function candles(body: Fields, { price }: FakeInstrument, now: number): readonly object[] {
  const name = String(body['interval']).replace(/^CANDLE_INTERVAL_/, '');
  const known = Object.hasOwn(INTERVALS, name) ? INTERVALS[name] : undefined;
  if (known === undefined) throw new Refusal(400, 3, '30011', 'interval is invalid');
  const [length, window] = known;
  const [from, to] = [instant(body['from'], '30003'), instant(body['to'], '30003')];
  if (to < from) throw new Refusal(400, 3, '30012', 'to is before from');
  if (to - from > window) throw new Refusal(400, 3, '30014', 'the requested period is too long');
  const rows: object[] = [];
  for (let time = Math.ceil(from / length) * length; time < Math.min(to, now); time += length) {
    const middle = price + ((time / length) % 10) / 10;
    rows.push({
      open: quotation(middle),
      high: quotation(middle + 0.3),
      low: quotation(middle - 0.2),
      close: quotation(middle + 0.1),
      volume: String(100 + ((time / length) % 7)),
      time: stamp(time),
      isComplete: time + length <= now,
      candleSource: 'CANDLE_SOURCE_EXCHANGE',
    });
  }
  return rows;
}

function instant(value: unknown, description: string): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new Refusal(400, 3, description, 'from and to are required');
  return time;
}

function bodyOf(text: string): Fields {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Refusal(400, 3, '', 'body');
  return { ...value };
}

function fail(response: ServerResponse, fault: Exclude<RestFaults['api'], undefined>): true {
  if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
  else if (fault === 'rubbish') response.writeHead(200, { 'content-type': 'application/json' }).end('{"candles":[');
  else if (fault === 'redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  else if (fault === 403) reply(response, 403, { code: 7, message: 'no rights', description: 40_002 });
  else if (fault !== 'hang') reply(response, fault, { code: 13, message: 'internal error', description: 70_001 });
  return true;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
