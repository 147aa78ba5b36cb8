import { describe, expect, it } from 'vitest';
import { decodeFcs } from '../../../src/main/brokers/fcs/decode.ts';
import {
  AAPL_CANDLE,
  BTC_ASKBID,
  BTC_CANDLE,
  BTC_INITIAL,
  BTC_JOINED,
  BTC_PROFILE,
  EURUSD_ROLL,
  WELCOME,
} from './frames.ts';

const decode = (text: string): readonly object[] => [
  ...decodeFcs({ bytes: new TextEncoder().encode(text), switches: new Set() }),
];

const candle = (symbol: string, [interval, intervalSec]: readonly [string, number | null], fields: object) => ({
  kind: 'candle',
  broker: 'fcs',
  symbol,
  interval,
  intervalSec,
  turnover: null,
  closed: false,
  eventTime: null,
  ...fields,
});
const quote = (symbol: string, fields: object) => ({
  kind: 'quote',
  broker: 'fcs',
  symbol,
  bidSize: null,
  askSize: null,
  lastSize: null,
  time: null,
  ...fields,
});
const DAY = ['1d', 86_400] as const;
const MINUTE = ['1m', 60] as const;
const BTC = { openTime: 1_766_361_600_000, open: 88_658.87, high: 90_588.23, low: 87_900, close: 89_962.61 };
const BTC_QUOTE = { bid: 89_962.61, ask: 89_962.62, last: 89_962.61 };

describe('decoding frames of FCS', () => {
  it('knows the frames that carry no price', () => {
    expect(decode([WELCOME, '{"type":"ping"}', BTC_JOINED, BTC_PROFILE].join('\n'))).toEqual([
      { kind: 'control', type: 'welcome' },
      { kind: 'control', type: 'ping', reply: { type: 'pong', timestamp: '<now, Unix ms>' } },
      { kind: 'control', type: 'ack', symbol: 'BINANCE:BTCUSDT', timeframe: '1D' },
      {
        kind: 'profile',
        broker: 'fcs',
        symbol: 'BINANCE:BTCUSDT',
        session: 'market',
        timezone: 'Etc/UTC',
        updateMode: 'streaming',
      },
    ]);
  });

  it('takes no volume from the picture after joining, for it is not the candle’s', () => {
    expect(decode(BTC_INITIAL)).toEqual([candle('BINANCE:BTCUSDT', DAY, { ...BTC, volume: null })]);
  });

  it('takes candle and best prices from a candle frame', () => {
    expect(decode(BTC_CANDLE)).toEqual([
      candle('BINANCE:BTCUSDT', DAY, { ...BTC, volume: 8_192.7 }),
      quote('BINANCE:BTCUSDT', BTC_QUOTE),
    ]);
    expect(decode(AAPL_CANDLE)[0]).toMatchObject({ interval: '5m', openTime: 1_766_415_600_000, volume: 154_320 });
  });

  it('makes no candle of an ask and bid, and moves none whose close stays', () => {
    const told = quote('BINANCE:BTCUSDT', { ...BTC_QUOTE, time: 1_766_411_426_000 });
    expect(decode(BTC_ASKBID)).toEqual([told]);
    expect(decode([BTC_CANDLE, BTC_ASKBID].join('\n')).slice(2)).toEqual([told]);
  });

  it('moves the running candle by an ask and bid that brings another close, and closes it with the next', () => {
    const first = { openTime: 1_766_412_000_000, open: 1.17451, low: 1.17449, volume: 118 };
    const moved = { ...first, high: 1.17468, close: 1.17468 };
    const [one, two, three, four, ...rest] = decode(EURUSD_ROLL.join('\n'));
    expect([one, two]).toEqual([
      candle('FX:EURUSD', MINUTE, { ...first, high: 1.17463, close: 1.1746 }),
      quote('FX:EURUSD', { bid: 1.17459, ask: 1.17462, last: 1.1746 }),
    ]);
    expect([three, four]).toEqual([
      quote('FX:EURUSD', { bid: 1.17467, ask: 1.1747, last: 1.17468, time: 1_766_412_044_000 }),
      candle('FX:EURUSD', MINUTE, moved),
    ]);
    expect(rest).toEqual([
      candle('FX:EURUSD', MINUTE, { ...moved, closed: true }),
      candle('FX:EURUSD', MINUTE, {
        openTime: 1_766_412_060_000,
        open: 1.17468,
        high: 1.17468,
        low: 1.17466,
        close: 1.17466,
        volume: 2,
      }),
      quote('FX:EURUSD', { bid: 1.17465, ask: 1.17468, last: 1.17466 }),
    ]);
  });

  it('shows what the client said', () => {
    expect(decode('{"type":"join_symbol","symbol":"BINANCE:BTCUSDT","timeframe":"1D"}')).toEqual([
      { kind: 'control', type: 'join', direction: 'out', symbol: 'BINANCE:BTCUSDT', timeframe: '1D' },
    ]);
    expect(
      decode(
        '{"transport":"ws","direction":"client-to-server","frameText":"{\\"type\\":\\"ping\\",\\"timestamp\\":5}"}',
      ),
    ).toEqual([{ kind: 'control', type: 'ping', direction: 'out', timestamp: 5 }]);
  });

  it('tells what it cannot read, and goes on', () => {
    expect(
      decode([WELCOME, 'not JSON', '{"type":"news"}', '{"type":"error","message":"no"}', BTC_INITIAL].join('\n')),
    ).toMatchObject([
      { kind: 'control' },
      { kind: 'error', broker: 'fcs', reject: 'unreadable-text', detail: expect.any(String) },
      { kind: 'error', reject: 'unknown-type', detail: 'news' },
      { kind: 'error', message: 'no' },
      { kind: 'candle' },
    ]);
  });
});

const answer = (path: string, query: object, body: object): string =>
  JSON.stringify({
    transport: 'http',
    status: 200,
    request: { method: 'POST', path, query },
    frameText: JSON.stringify(body),
  });
const ok = (response: unknown) => ({ status: true, code: 200, msg: 'Successfully', response });

describe('decoding answers of FCS’s REST', () => {
  const asked = { symbol: 'FX:EURUSD', period: '1h' };
  const early = { openTime: 1_748_815_200_000, open: 1.1012, high: 1.102, low: 1.1008, close: 1.1015, volume: 1_000 };
  const late = { openTime: 1_748_818_800_000, open: 1.1015, high: 1.1031, low: 1.1013, close: 1.1029, volume: 1_204 };
  const rows = { o: '1.1012', h: '1.1020', l: '1.1008', c: '1.1015', v: '1000', t: 1_748_815_200 };

  it.each([
    [
      'an object by time',
      { '1748818800': { o: '1.1015', h: '1.1031', l: '1.1013', c: '1.1029', v: '1204' }, '1748815200': rows },
    ],
    [
      'rows of values, newest first',
      [
        [1_748_818_800, '1.1015', '1.1031', '1.1013', '1.1029', '1204'],
        [1_748_815_200, 1.1012, 1.102, 1.1008, 1.1015, 1_000],
      ],
    ],
    [
      'rows of fields, one twice',
      [rows, rows, { o: 1.1015, h: 1.1031, l: 1.1013, c: 1.1029, v: 1_204, t: '1748818800' }],
    ],
  ])('reads history as %s', (_shape, response) => {
    expect(decode(answer('/forex/history', asked, ok(response)))).toEqual(
      [early, late].map((fields) => candle('FX:EURUSD', ['1h', 3_600], { ...fields, closed: true })),
    );
  });

  it('reads the newest state as a running candle', () => {
    const active = { o: 1.1741, h: 1.1755, l: 1.1732, c: 1.1746, v: 91_230, t: 1_766_361_600, ch: 0.0005, chp: 0.04 };
    const body = ok([{ ticker: 'FX:EURUSD', active }]);
    expect(decode(answer('/forex/latest', { symbol: 'FX:EURUSD', period: '1D' }, body))).toMatchObject([
      { symbol: 'FX:EURUSD', interval: '1d', openTime: 1_766_361_600_000, close: 1.1746, closed: false },
    ]);
  });

  it('says what a refusal asks for', () => {
    const refusal = { status: false, code: 101, msg: 'Invalid access_key', response: null };
    expect(decode(answer('/forex/history', asked, refusal))).toEqual([
      { kind: 'error', code: 101, message: 'Invalid access_key', action: 'stop-auth' },
    ]);
  });

  it('says so when nothing can be read', () => {
    expect(decode(answer('/forex/history', asked, ok('soon')))).toMatchObject([
      { kind: 'error', reject: 'unreadable-answer' },
    ]);
    expect(decode(answer('/forex/history', asked, ok([[1]])))).toMatchObject([
      { kind: 'error', reject: 'unreadable-row' },
    ]);
    expect(decode(answer('/forex/history', asked, []))).toMatchObject([{ kind: 'error', reject: 'unreadable-answer' }]);
  });
});
