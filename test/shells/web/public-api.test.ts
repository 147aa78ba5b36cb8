import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Candle } from '../../../src/core/candle.ts';
import { AppError } from '../../../src/core/errors.ts';
import { serveWeb, type WebDoor } from '../../../src/main/shells/web/serve-web.ts';
import { type FakeEngine, fakeEngine, INFY, OPEN } from '../../support/fake-engine.ts';

let engine: FakeEngine;
let door: WebDoor;
const pageDir = 'no page here';

beforeEach(async () => {
  engine = fakeEngine();
  door = await serveWeb(engine, { port: 0, pageDir, apiKey: 'k3y' });
});
afterEach(() => door.close());

const at = (path: string): string => `http://127.0.0.1:${door.port}${path}`;
const candle: Candle = {
  instrument: INFY,
  timeframe: '5s',
  openTime: OPEN,
  open: 1,
  high: 3,
  low: 1,
  close: 2,
  volume: undefined,
};

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
  async function listen(query: string): Promise<{ readonly socket: WebSocket; readonly heard: unknown[] }> {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/ws${query}`);
    const heard: unknown[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
    await once(socket, 'open');
    return { socket, heard };
  }

  it('sends every change of a bar, without origin or cookie', async () => {
    const { heard } = await listen('?api_key=k3y');
    await expect.poll(() => engine.asked.some(([name]) => name === 'chart.watch')).toBe(true);
    engine.tell({ type: 'candle', candle, closed: false });
    engine.tell({ type: 'candle', candle: { ...candle, volume: 7 }, closed: true });
    const bar = { symbol: INFY, timeframe: '5s', time: OPEN / 1_000, open: 1, high: 3, low: 1, close: 2 };
    await expect
      .poll(() => heard)
      .toEqual([{ candle: { ...bar, volume: null, closed: false } }, { candle: { ...bar, volume: 7, closed: true } }]);
  });

  it('keeps to the instrument and timeframe that were asked for', async () => {
    const { heard } = await listen('?symbol=INFY&timeframe=1m&api_key=k3y');
    engine.tell(
      { type: 'candle', candle, closed: true },
      { type: 'candle', candle: { ...candle, timeframe: '1m', instrument: 'NSE:TCS' as typeof INFY }, closed: true },
      { type: 'candle', candle: { ...candle, timeframe: '1m' }, closed: true },
    );
    await expect.poll(() => heard).toMatchObject([{ candle: { symbol: INFY, timeframe: '1m' } }]);
    expect(engine.asked).toMatchObject([['chart.watch', { instrument: INFY, timeframe: '1m' }]]);
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
