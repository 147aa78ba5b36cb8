import { describe, expect, it } from 'vitest';
import { decodeRecording } from '../../../src/main/brokers/kucoin/decode.ts';
import { candlePush, type FakeRow, tradePush } from '../../fakes/kucoin-messages.ts';

const decode = (content: string): object[] => [
  ...decodeRecording({ bytes: Buffer.from(content), switches: new Set() }),
];
const row = (start: number, close: string): FakeRow => [`${start}`, '100.5', close, '101.5', '100.1', '12.5', '1262.4'];
const candleAt = (start: number, close: string, time: number): string =>
  candlePush('ETH-USDT', '1min', row(start, close), time).text;

describe('decode kucoin', () => {
  it('reads frames one a line, and closes a candle when the next begins', () => {
    const lines = [
      '{"id":"hQvf8jkno","type":"welcome"}',
      candleAt(1_700_000_040, '101.2', 1_700_000_099_500),
      candleAt(1_700_000_100, '101.3', 1_700_000_100_250),
      candleAt(1_700_000_040, '101.1', 1_700_000_100_300),
    ];
    const [welcome, ...candles] = decode(lines.join('\n'));
    expect(welcome).toEqual({ kind: 'control', type: 'welcome', id: 'hQvf8jkno' });
    expect(candles[0]).toEqual({
      kind: 'candle',
      broker: 'kucoin',
      symbol: 'ETH-USDT',
      interval: '1m',
      intervalSec: 60,
      openTime: 1_700_000_040_000,
      open: 100.5,
      high: 101.5,
      low: 100.1,
      close: 101.2,
      volume: 12.5,
      turnover: 1_262.4,
      closed: false,
      eventTime: 1_700_000_099_500,
    });
    expect(candles.slice(1)).toMatchObject([
      { openTime: 1_700_000_040_000, closed: true },
      { openTime: 1_700_000_100_000, close: 101.3, closed: false },
      { openTime: 1_700_000_040_000, close: 101.1, closed: true, revision: true },
    ]);
  });

  it('reads a wrapped frame', () => {
    const { text } = tradePush({
      symbol: 'BTC-USDT',
      price: '67523',
      size: '0.003',
      side: 'buy',
      tradeId: '7',
      time: 1_729_843_222_921,
    });
    expect(decode(JSON.stringify({ frameText: text }))).toEqual([
      {
        kind: 'trade',
        broker: 'kucoin',
        symbol: 'BTC-USDT',
        tradeId: '7',
        price: 67_523,
        size: 0.003,
        side: 'buy',
        time: 1_729_843_222_921,
        timeNs: '1729843222921000000',
      },
    ]);
  });

  it('reads candles of an answer oldest first; which is closed the request tells, or the time of the answer', () => {
    const body = JSON.stringify({
      code: '200000',
      data: [row(120, '101'), row(60, '101')].map(([, ...rest], index) => [
        `${1_700_000_040 + 60 * (1 - index)}`,
        ...rest,
      ]),
    });
    const request = { path: '/api/v1/market/candles', query: { symbol: 'ETH-USDT', type: '1min' } };
    const closedOf = (around: object): unknown[] =>
      decode(JSON.stringify({ transport: 'http', frameText: body, request, ...around })).map(
        (record) => 'closed' in record && record.closed,
      );
    expect(closedOf({})).toEqual([true, null]);
    expect(closedOf({ receivedAt: 1_700_000_159_999 })).toEqual([true, false]);
    expect(closedOf({ receivedAt: 1_700_000_160_000 })).toEqual([true, true]);
    expect(closedOf({ request: { ...request, query: { ...request.query, endAt: '1700000160' } } })).toEqual([
      true,
      true,
    ]);
    expect(decode(body)).toMatchObject([{ symbol: null, interval: null, openTime: 1_700_000_040_000 }, {}]);
  });

  it.each([
    ['{"code":"900001","msg":"symbol not exists"}', { kind: 'error', code: '900001', message: 'symbol not exists' }],
    ['{"code":"200000","data":1729100692873}', { kind: 'serverTime', time: 1_729_100_692_873 }],
    [
      '{"id":"1","type":"error","code":509,"data":"exceed max subscription count limitation of 100 per time"}',
      { kind: 'control', code: 509, action: 'split-or-connect-further' },
    ],
    [
      '{"id":"1","type":"error","code":415,"data":"type is not supported"}',
      { kind: 'control', code: 415, action: 'count' },
    ],
    [
      '{"id":3,"type":"subscribe","topic":"/market/match:A-B"}',
      { kind: 'control', type: 'subscribe', id: '3', topic: '/market/match:A-B' },
    ],
    [
      '{"type":"message","topic":"/market/match:A-B","data":{}}',
      { kind: 'error', broker: 'kucoin', reject: 'bad-price', detail: expect.any(String) },
    ],
    ['{"cut', { kind: 'error', broker: 'kucoin', reject: 'unreadable' }],
    ['{"code":"200000","data":{"surprise":1}}', { kind: 'error', broker: 'kucoin', reject: 'unknown-answer' }],
  ])('reads %s', (text, expected) => {
    expect(decode(text)).toMatchObject([expected]);
  });

  it('calls a file that holds no recording what it is', () => {
    expect(() => decode('hello')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    const withSwitch = decodeRecording({ bytes: Buffer.from('{}'), switches: new Set(['packet']) });
    expect(() => [...withSwitch]).toThrow('--packet');
  });
});
