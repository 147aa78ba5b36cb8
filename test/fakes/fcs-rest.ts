import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readTimeframe } from '../../src/main/brokers/fcs/timeframes.ts';

/** Unix seconds, open, high, low, close, volume. */
export type FakeRow = readonly [t: number, o: number, h: number, l: number, c: number, v: number];

export interface RestFaults {
  api: 'html' | 'rubbish' | 'hang' | 'redirect' | 429 | 500 | undefined;
  /** How rows of history are written. */
  shape: 'object' | 'arrays' | 'rows';
  /** Rows a page holds at most, whatever was asked; the real one gives 300 to some plans. */
  pageRows: number;
  /** The same newest page is given for whatever page was asked. */
  ignoresPages: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Query and body together. */
  readonly fields: Readonly<Record<string, string>>;
  readonly query: string;
}

export interface FakeRestParts {
  readonly faults: RestFaults;
  readonly keys: ReadonlySet<string>;
  /** Rows of `symbol` in a period, oldest first. */
  rowsOf(symbol: string, period: string): readonly FakeRow[];
  has(symbol: string): boolean;
  seen(request: SeenRequest): void;
}

/** The REST half of the fake venue, as a request handler. */
export function createFakeRest(parts: FakeRestParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const fields = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
      parts.seen({ method: request.method ?? '', path: url.pathname, fields, query: url.search });
      if (parts.faults.api !== undefined) fail(response, parts.faults.api);
      else reply(response, answer(parts, url.pathname, fields));
    });
  };
}

type Fields = Readonly<Record<string, string>>;

function answer(parts: FakeRestParts, path: string, fields: Fields): object {
  if (!isAllowed(parts.keys, fields)) return refusal(101, 'Invalid access_key');
  const [, market, endpoint] = path.split('/');
  if (market !== 'forex' && market !== 'crypto' && market !== 'stock') return refusal(404, 'Unknown module');
  if (readTimeframe(fields['period'] ?? '') === undefined) return refusal(104, 'Invalid period');
  if (endpoint === 'history') return success(history(parts, fields));
  if (endpoint === 'latest') return success(latest(parts, fields));
  return refusal(404, 'Unknown endpoint');
}

function isAllowed(keys: ReadonlySet<string>, fields: Fields): boolean {
  const { access_key: key, _token: token, _expiry: expiry = '', _public_key: publicKey = '' } = fields;
  if (key !== undefined) return keys.has(key);
  return [...keys].some(
    (each) =>
      createHmac('sha256', each)
        .update(publicKey + expiry)
        .digest('hex') === token,
  );
}

function history({ rowsOf, faults }: FakeRestParts, fields: Fields): unknown {
  const { symbol = '', period = '', from = '', to = '', page = '1', length = '300' } = fields;
  const seconds = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1_000;
  const rows = rowsOf(symbol, period).filter(([t]) => t >= seconds(from) && t <= seconds(to));
  const size = Math.min(Number(length), faults.pageRows);
  const number = faults.ignoresPages ? 1 : Number(page);
  const newestFirst = rows.toReversed().slice((number - 1) * size, number * size);
  if (faults.shape === 'arrays')
    return newestFirst.map((row) => row.map((value, index) => (index === 0 ? value : `${value}`)));
  const objects = newestFirst.map(([t, o, h, l, c, v]) => ({
    o: `${o}`,
    h: `${h}`,
    l: `${l}`,
    c: `${c}`,
    v: `${v}`,
    t,
    tm: 'text',
  }));
  return faults.shape === 'rows' ? objects : Object.fromEntries(objects.map((row) => [`${row.t}`, row]));
}

function latest({ rowsOf, has }: FakeRestParts, { symbol = '', period = '' }: Fields): unknown {
  return symbol.split(',').flatMap((ticker) => {
    const row = has(ticker) ? rowsOf(ticker, period).at(-1) : undefined;
    if (row === undefined) return [];
    const [t, o, h, l, c, v] = row;
    return [{ ticker, active: { o, h, l, c, v, t, ch: c - o, chp: 0.1, a: c + 0.01, b: c - 0.01 } }];
  });
}

const success = (response: unknown): object => ({
  status: true,
  code: 200,
  msg: 'Successfully',
  response,
  info: { credit_count: 1 },
});
const refusal = (code: number, msg: string): object => ({ status: false, code, msg, response: null });

function fail(response: ServerResponse, fault: Exclude<RestFaults['api'], undefined>): void {
  if (fault === 'hang') return;
  if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
  else if (fault === 'rubbish') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":');
  else if (fault === 'redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  // As the real one: HTTP says that all is well.
  else reply(response, refusal(fault, `Told to fail with ${fault}`));
}

function reply(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
