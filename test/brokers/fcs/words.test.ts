import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { leaveFrame, pongFrame } from '../../../src/main/brokers/fcs/client-frames.ts';
import { manifest } from '../../../src/main/brokers/fcs/manifest.ts';
import { readOptions } from '../../../src/main/brokers/fcs/options.ts';
import { readMessage } from '../../../src/main/brokers/fcs/read-message.ts';
import { marketOf, readSymbol } from '../../../src/main/brokers/fcs/symbols.ts';
import {
  FCS_TIMEFRAMES,
  fcsTimeframe,
  lengthSeconds,
  readTimeframe,
} from '../../../src/main/brokers/fcs/timeframes.ts';
import { createSignature, signToken } from '../../../src/main/brokers/fcs/token.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { pricesFrame } from './frames.ts';
import { key } from './open-context.ts';

describe('timeframes of FCS', () => {
  it.each([
    ['1', '1m'],
    ['1m', '1m'],
    ['1M', '1mo'],
    ['M', '1mo'],
    ['60', '1h'],
    ['1h', '1h'],
    ['1H', '1h'],
    ['60m', '1h'],
    ['240', '4h'],
    ['D', '1d'],
    ['1w', '1w'],
    ['5M', undefined],
    ['0', undefined],
    ['', undefined],
    ['2h', undefined],
    ['toString', undefined],
  ])('"%s" means %s', (word, timeframe) => {
    expect(readTimeframe(word)?.timeframe).toBe(timeframe);
  });

  it('are nine, and each is found by its own words', () => {
    expect(FCS_TIMEFRAMES.map(({ room }) => room)).toEqual(['1', '5', '15', '30', '1H', '4H', '1D', '1W', '1M']);
    for (const known of FCS_TIMEFRAMES) {
      expect([readTimeframe(known.room), readTimeframe(known.period), fcsTimeframe(known.timeframe)]).toEqual([
        known,
        known,
        known,
      ]);
    }
    expect(FCS_TIMEFRAMES.map(lengthSeconds)).toEqual([60, 300, 900, 1_800, 3_600, 14_400, 86_400, 604_800, null]);
    expect(fcsTimeframe('3m')).toBeUndefined();
  });
});

describe('symbols of FCS', () => {
  it.each([
    [' fx:eurusd ', 'FX:EURUSD'],
    ['NYSE:BRK.B', 'NYSE:BRK.B'],
    ['EURUSD', undefined],
    ['NSE:NIFTY 50', undefined],
    ['', undefined],
  ])('"%s" is read as %s', (text, symbol) => {
    expect(readSymbol(text)).toBe(symbol);
  });

  it.each([
    ['FX:EURUSD', 'forex'],
    ['ONA:XAUUSD', 'forex'],
    ['BINANCE:BTCUSDT', 'crypto'],
    ['NASDAQ:AAPL', 'stock'],
  ])('%s is %s', (symbol, market) => {
    expect(marketOf(key(symbol))).toBe(market);
  });
});

describe('frames and signatures', () => {
  it('are as the vendor’s clients make them', () => {
    expect(leaveFrame({ symbol: 'FX:EURUSD', timeframe: '1H' })).toBe(
      '{"type":"leave_symbol","symbol":"FX:EURUSD","timeframe":"1H"}',
    );
    expect(pongFrame(5 as EpochMs)).toBe('{"type":"pong","timestamp":5}');
    expect(signToken('test-access', 'test-public', 1_735_123_456)).toBe(
      'c54ad1da760c67f1ee3840fd9381b898aa916c35907ceff49ce589d76cdfcd64',
    );
  });

  it('of REST are made anew a minute before they end, and after the clock was set back', () => {
    const clock = new FakeClock(1_735_119_856_000);
    const sign = createSignature({ accessKey: 'test-access', publicKey: 'test-public', isDemo: false }, clock);
    const first = sign();
    expect(first).toEqual({
      _token: signToken('test-access', 'test-public', 1_735_123_456),
      _expiry: '1735123456',
      _public_key: 'test-public',
    });
    clock.advance(3_539_000);
    expect(sign()).toBe(first);
    clock.advance(1_000);
    expect(sign()['_expiry']).toBe('1735126996');
    const earlier = new FakeClock(1_735_119_856_000);
    const signEarly = createSignature({ accessKey: 'a', publicKey: undefined, isDemo: false }, earlier);
    expect(signEarly()).toEqual({ access_key: 'a' });
  });
});

describe('frames with a price', () => {
  const prices = { mode: 'candle', t: 1_766_361_600, o: 1, h: 2, l: 1, c: 1.5, v: 5, a: 1.6, b: 1.4 };
  const read = (changes: object, symbol = 'FX:EURUSD', timeframe = '1') =>
    readMessage(pricesFrame(symbol, timeframe, { ...prices, ...changes }));

  it('may write numbers as texts, and leave out what they do not know', () => {
    expect(read({ t: '1766361600', o: '1', h: '2', l: '1.0', c: '1.5', v: undefined, a: '', b: null })).toMatchObject({
      kind: 'candle',
      bar: { openTime: 1_766_361_600_000, open: 1, close: 1.5, volume: undefined },
      bid: undefined,
      ask: undefined,
    });
  });

  it.each([
    ['bad-time', { t: undefined }],
    ['bad-time', { t: 1_766_361_600_000 }],
    ['bad-price', { o: null }],
    ['bad-price', { c: 'NaN' }],
    ['bad-price', { l: 0 }],
    ['bad-price', { h: 1.2 }],
    ['bad-price', { mode: 'askbid', a: 0, b: -1, c: 'x' }],
    ['no-profile', { mode: 'profile' }],
  ])('are refused as %s for %o', (reason, changes) => {
    expect(read(changes)).toMatchObject({ kind: 'reject', reason });
  });

  it('are refused without a symbol, a timeframe or prices', () => {
    expect(read({}, 'EURUSD')).toMatchObject({ reason: 'unknown-symbol' });
    expect(read({}, 'FX:EURUSD', '5M')).toMatchObject({ reason: 'unknown-timeframe' });
    expect(readMessage('{"type":"price","symbol":"FX:EURUSD","timeframe":"1","prices":[]}')).toMatchObject({
      reason: 'no-prices',
    });
    expect(readMessage('{"type":"message","success":true,"short":"joined_room"}')).toMatchObject({
      reason: 'unreadable-join',
    });
  });
});

describe('the options', () => {
  it('hold what a person set, else what the manifest says', () => {
    expect(readOptions({})).toEqual({
      reconnectDelayMs: 3_000,
      reconnectLimit: 0,
      dayCandles: true,
      mostSymbols: 200,
      requestsPerMinute: 3,
      requestsPerDay: 0,
    });
    expect(readOptions({ reconnectLimit: 5, dayCandles: false, mostSymbols: 'many' })).toMatchObject({
      reconnectLimit: 5,
      dayCandles: false,
      mostSymbols: 200,
    });
  });

  it('have a rest while hidden, which the app looks after, and initial values within their bounds', () => {
    const numbers = (manifest.options ?? []).filter((option) => option.kind === 'number');
    expect(numbers.map(({ name }) => name)).toContain('focusMinutes');
    for (const { initial, min, max } of numbers) expect(initial >= min && initial <= max).toBe(true);
  });

  it('come with lists of currencies, coins and stocks that FCS can have', () => {
    const instruments = (manifest.presets ?? []).flatMap((preset) => preset.instruments);
    expect(new Set(instruments.map(({ segment }) => segment))).toEqual(new Set(['fx', '24x7', 'us']));
    for (const { key: symbol, tickSize, priceDecimals } of instruments) {
      expect(readSymbol(symbol)).toBe(symbol);
      expect(tickSize.toFixed(priceDecimals)).toBe(`0.${'0'.repeat(priceDecimals - 1)}1`);
    }
    expect(instruments.map(({ key: symbol }) => symbol)).toEqual(
      expect.arrayContaining([
        'FX:EURUSD',
        'FX:GBPUSD',
        'FX:USDJPY',
        'BINANCE:BTCUSDT',
        'BINANCE:ETHUSDT',
        'NASDAQ:AAPL',
        'NYSE:TSLA',
      ]),
    );
  });
});
