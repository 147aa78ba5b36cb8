import type { IncomingMessage, ServerResponse } from 'node:http';

export interface FakeGrain {
  readonly symbol: string;
  readonly name: string;
  readonly step: number;
  readonly lot: number;
  readonly price: number;
}

/** Open time, open, high, low, close, volume. */
export type FakeBar = readonly [time: number, open: number, high: number, low: number, close: number, volume: number];

export interface RestParts {
  readonly grains: readonly FakeGrain[];
  readonly faults: { api: 'html' | 429 | 500 | undefined };
  readonly account: { readonly user: string; readonly pin: string };
  readonly tokens: ReadonlySet<string>;
  readonly lastPrices: ReadonlyMap<string, number>;
  readonly bars: ReadonlyMap<string, readonly FakeBar[]>;
  issue(): string;
  seen(path: string): void;
}

/** The REST half of the fake exchange, as pigeon.md describes it. */
export function createPigeonRest(parts: RestParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const path = url.pathname.replace('/v1/', '');
      parts.seen(path);
      const { api } = parts.faults;
      if (api === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Roosting</html>');
      else if (api !== undefined) reply(response, api, refusal(api === 429 ? 'slow-down' : 'oops'));
      else if (path === 'login') logIn(parts, body, response);
      else if (!parts.tokens.has((request.headers.authorization ?? '').replace('Bearer ', '')))
        reply(response, 401, refusal('token'));
      else reply(response, 200, { ok: true, data: answer(parts, path, url.searchParams) });
    });
  };
}

function logIn({ account, issue }: RestParts, body: string, response: ServerResponse): void {
  const { user, pin } = JSON.parse(body);
  if (user === account.user && pin === account.pin) reply(response, 200, { ok: true, data: { token: issue() } });
  else reply(response, 401, refusal('login'));
}

function answer({ grains, lastPrices, bars }: RestParts, path: string, query: URLSearchParams): unknown {
  if (path === 'symbols') return grains.map(({ symbol, name, step, lot }) => ({ symbol, name, step, lot }));
  if (path === 'quotes')
    return (query.get('symbols') ?? '').split(',').flatMap((s) => {
      const p = lastPrices.get(s);
      return p === undefined ? [] : [{ s, p, v: 1_000, o: p - 1, h: p + 2, l: p - 2 }];
    });
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const rows = bars.get(`${query.get('symbol')} ${query.get('frame')}`) ?? [];
  return rows.filter(([time]) => time >= from && time < to).slice(0, 500);
}

function refusal(code: string): object {
  return { ok: false, error: { code, text: `No: ${code}` } };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
