import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Quote } from '../../../src/core/quote.ts';
import { serveWeb, type WebDoor } from '../../../src/main/shells/web/serve-web.ts';
import { EMPTY_SNAPSHOT, type FakeEngine, fakeEngine, INFY, OPEN } from '../../support/fake-engine.ts';

let engine: FakeEngine;
let door: WebDoor;
const pageDir = 'no page here';

beforeEach(async () => {
  engine = fakeEngine();
  door = await serveWeb(engine, { port: 0, pageDir, apiKey: 'k3y' });
});
afterEach(() => door.close());

const at = (path: string): string => `http://127.0.0.1:${door.port}${path}`;
const TCS = 'NSE:TCS' as InstrumentKey;

function quoteOf(instrument: InstrumentKey): Quote {
  const unknown = { previousClose: undefined, changePercent: undefined, dayVolume: undefined, rsi: undefined };
  return { instrument, ltp: 100, ...unknown, trend: undefined, time: OPEN, receivedAt: OPEN };
}

describe('GET /historic', () => {
  it('gives the bars as a script wants them, the forming one last', async () => {
    const response = await fetch(at('/historic?symbol=NSE:INFY&timeframe=5s&api_key=k3y'));
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual([
      { time: OPEN / 1_000, open: 100, high: 102, low: 99, close: 101, volume: 500 },
      { time: OPEN / 1_000 + 5, open: 101, high: 103, low: 100.5, close: 102.5, volume: null },
      { time: OPEN / 1_000 + 10, open: 102.5, high: 102.5, low: 102, close: 102.25, volume: 40 },
    ]);
  });

  it.each([
    ['in the link', '?symbol=infy&api_key=k3y', {}],
    ['as a header', '?symbol=infy', { 'x-api-key': 'k3y' }],
    ['as a bearer token', '?symbol=infy', { authorization: 'Bearer k3y' }],
  ])(
    'takes the key %s, the symbol in any spelling, and 5s where no timeframe is named',
    async (_case, query, headers) => {
      const response = await fetch(at(`/historic${query}`), { headers: headers as Record<string, string> });
      expect(response.status).toBe(200);
      expect(engine.asked).toEqual([
        ['candles.load', { instrument: 'NSE:INFY', timeframe: '5s', before: null, limit: 5_000 }],
      ]);
    },
  );

  it.each([
    ['no key', '?symbol=INFY', {}, 401, 'key'],
    ['a wrong key', '?symbol=INFY&api_key=k3', {}, 401, 'key'],
    ['an empty key', '?symbol=INFY&api_key=', {}, 401, 'key'],
    ['a wrong bearer token', '?symbol=INFY', { authorization: 'Bearer x' }, 401, 'key'],
    ['no symbol', '?api_key=k3y', {}, 400, 'symbol='],
    ['an unknown timeframe', '?symbol=INFY&timeframe=7m&api_key=k3y', {}, 400, '5s 10s'],
    ['a symbol that cannot be one', '?symbol=:&api_key=k3y', {}, 400, 'NSE:INFY'],
  ])('refuses %s with a sentence', async (_case, query, headers, status, words) => {
    const response = await fetch(at(`/historic${query}`), { headers: headers as Record<string, string> });
    expect(response.status).toBe(status);
    expect((await response.json()).error).toContain(words);
    expect(engine.asked).toEqual([]);
  });

  it('says which instrument it does not know', async () => {
    await door.close();
    engine = fakeEngine({
      'candles.load': () => Promise.reject(new AppError('not-found', 'NSE:FOO is not watched.')),
    });
    door = await serveWeb(engine, { port: 0, pageDir, apiKey: 'k3y' });
    const response = await fetch(at('/historic?symbol=FOO&api_key=k3y'));
    expect([response.status, await response.json()]).toEqual([404, { error: 'NSE:FOO is not watched.' }]);
  });

  it('keeps the host check, whatever the key', async () => {
    const options = { host: '127.0.0.1', port: door.port, path: '/historic?symbol=INFY&api_key=k3y' };
    const [response] = await once(get({ ...options, headers: { host: 'evil.example' } }), 'response');
    expect(response.statusCode).toBe(403);
    response.resume();
  });
});

describe('WS /ws', () => {
  /** An engine whose instruments have `bars` closed bars each, and one forming. */
  async function movingMarket() {
    const market = {
      bars: 2,
      /** The bar at `index` as a script gets it. */
      bar: (index: number, closed: boolean) => ({
        symbol: INFY,
        timeframe: '5s',
        time: OPEN / 1_000 + 5 * index,
        open: 100 + index,
        high: 100 + index,
        low: 100 + index,
        close: 100 + index,
        volume: closed ? 10 : null,
        closed,
      }),
      move: (instrument: InstrumentKey) =>
        loading.tell({ type: 'quote', quote: quoteOf(instrument) }, { type: 'stats', stats: EMPTY_SNAPSHOT.stats }),
    };
    const loading = fakeEngine({
      'candles.load': async ({ instrument, timeframe, limit }) => {
        const indexes = Array.from({ length: market.bars }, (_, index) => index).slice(-limit);
        const prices = indexes.map((index) => 100 + index);
        const openTime = indexes.map((index) => OPEN + 5_000 * index);
        const price = 100 + market.bars;
        const forming: Candle = {
          instrument,
          timeframe,
          openTime: (OPEN + 5_000 * market.bars) as EpochMs,
          open: price,
          high: price,
          low: price,
          close: price,
          volume: undefined,
        };
        const columns = { openTime, open: prices, high: prices, low: prices, close: prices };
        return { instrument, timeframe, ...columns, volume: prices.map(() => 10), forming, auctions: [], more: false };
      },
    });
    await door.close();
    engine = loading;
    door = await serveWeb(engine, { port: 0, pageDir, apiKey: 'k3y' });
    return market;
  }

  async function listen(query: string): Promise<{ readonly socket: WebSocket; readonly heard: unknown[] }> {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/ws${query}`);
    const heard: unknown[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
    await once(socket, 'open');
    return { socket, heard };
  }

  it('sends every change of a bar, without origin or cookie', async () => {
    const market = await movingMarket();
    const { heard } = await listen('?api_key=k3y');
    market.move(INFY);
    await expect.poll(() => heard).toEqual([{ candle: market.bar(2, false) }]);
    market.bars = 5;
    market.move(INFY);
    await expect
      .poll(() => heard.slice(1))
      .toEqual(
        [2, 3, 4].map((index) => ({ candle: market.bar(index, true) })).concat({ candle: market.bar(5, false) }),
      );
    market.move(INFY);
    market.move(TCS);
    await expect
      .poll(() => heard.slice(5), { message: 'what did not change is not sent again' })
      .toMatchObject([{ candle: { symbol: 'NSE:TCS' } }]);
  });

  it('keeps to the instrument and timeframe that were asked for', async () => {
    const market = await movingMarket();
    const { heard } = await listen('?symbol=infy&timeframe=1m&api_key=k3y');
    market.move(TCS);
    market.move(INFY);
    await expect.poll(() => heard).toMatchObject([{ candle: { symbol: INFY, timeframe: '1m' } }]);
  });

  it('lets go of a script that left', async () => {
    const { socket } = await listen('?api_key=k3y');
    socket.close();
    await expect.poll(() => engine.subscribers).toBe(0);
  });

  it.each([
    ['without a key', '', '401'],
    ['with a wrong key', '?api_key=x', '401'],
    ['for a timeframe nobody has', '?api_key=k3y&timeframe=2s', '400'],
    ['for what cannot be an instrument', '?api_key=k3y&symbol=:', '404'],
  ])('is refused %s', async (_case, query, status) => {
    const [error] = await once(new WebSocket(`ws://127.0.0.1:${door.port}/ws${query}`), 'error');
    expect(String(error)).toContain(status);
  });
});

describe('without --api-key', () => {
  it('there is neither', async () => {
    await door.close();
    door = await serveWeb(engine, { port: 0, pageDir });
    expect((await fetch(at('/historic?symbol=INFY&api_key=k3y'))).status).toBe(404);
    const [error] = await once(new WebSocket(`ws://127.0.0.1:${door.port}/ws?api_key=k3y`), 'error');
    expect(String(error)).toContain('404');
  });
});
