import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { CandleCloser, type JudgedCandle } from '../../../src/main/brokers/tinvest/candle-closer.ts';
import type { VenueCandle } from '../../../src/main/brokers/tinvest/messages.ts';
import { secondBars } from '../../../src/main/brokers/tinvest/seconds.ts';
import { intervalNamed, SBER } from './worked-examples.ts';

const MINUTE = 60_000;
const candleAt = (minute: number, volume: number, name = '1m'): VenueCandle => ({
  ...SBER,
  interval: intervalNamed(name),
  openTime: (minute * MINUTE) as EpochMs,
  open: 250,
  high: 251,
  low: 249,
  close: 250,
  volume,
  eventTime: undefined,
});
const told = (judged: readonly JudgedCandle[]) =>
  judged.map(({ candle, closed }) => `${candle.openTime / MINUTE}:${candle.volume}${closed ? ' closed' : ''}`);

describe('streamed candles', () => {
  it('close when a later one comes; what comes again after that is a correction', () => {
    const closer = new CandleCloser();
    expect(told(closer.take(candleAt(30, 1)))).toEqual(['30:1']);
    expect(told(closer.take(candleAt(30, 2)))).toEqual(['30:2']);
    expect(told(closer.take(candleAt(31, 1)))).toEqual(['30:2 closed', '31:1']);
    expect(told(closer.take(candleAt(30, 3)))).toEqual(['30:3 closed']);
    expect(told(closer.take(candleAt(31, 2)))).toEqual(['31:2']);
  });

  it('close three seconds after their end when nothing follows, once', () => {
    const closer = new CandleCloser();
    closer.take(candleAt(30, 1));
    expect(closer.due((31 * MINUTE + 2_999) as EpochMs)).toEqual([]);
    expect(told(closer.due((31 * MINUTE + 3_000) as EpochMs))).toEqual(['30:1 closed']);
    expect(closer.due((40 * MINUTE) as EpochMs)).toEqual([]);
    expect(told(closer.take(candleAt(30, 2))), 'a correction').toEqual(['30:2 closed']);
    expect(told(closer.take(candleAt(31, 1))), 'and not closed a second time').toEqual(['31:1']);
  });

  it('are kept apart by instrument and interval', () => {
    const closer = new CandleCloser();
    closer.take(candleAt(30, 1));
    expect(told(closer.take(candleAt(35, 9, '5m')))).toEqual(['35:9']);
    expect(told(closer.take({ ...candleAt(31, 4), uid: 'another' }))).toEqual(['31:4']);
    expect(closer.due((32 * MINUTE) as EpochMs)).toHaveLength(1);
  });

  it('are closed when they come, where that was asked for', () => {
    const closer = new CandleCloser(true);
    expect(told(closer.take(candleAt(30, 1)))).toEqual(['30:1 closed']);
    expect(told(closer.take(candleAt(29, 1)))).toEqual(['29:1 closed']);
    expect(closer.due((99 * MINUTE) as EpochMs)).toEqual([]);
  });
});

describe('bars of a second', () => {
  it('are made of trades in order of time; a second without any has none', () => {
    const trade = (ms: number, price: number, quantity: number) => ({ time: ms as EpochMs, price, quantity });
    const trades = [trade(47_001, 4, 5), trade(45_123, 1, 100), trade(45_123, 2, 40), trade(45_980, 0.5, 10)];
    expect(secondBars(trades)).toEqual([
      { openTime: 45_000, open: 1, high: 2, low: 0.5, close: 0.5, volume: 150 },
      { openTime: 47_000, open: 4, high: 4, low: 4, close: 4, volume: 5 },
    ]);
    expect(secondBars([])).toEqual([]);
  });
});
