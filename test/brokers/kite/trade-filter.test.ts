import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';
import { createTradeFilter } from '../../../src/main/brokers/kite/trade-filter.ts';
import { type FakeMode, type FakeTick, frame, packetOf } from '../../fakes/kite-packets.ts';
import { INFY, instruments, NIFTY, RELIANCE, receivedAt } from './frame-instruments.ts';

describe('new trade or not', () => {
  const trade: FakeTick = { token: INFY, ltp: 100, lastQuantity: 5, dayVolume: 1_000, lastTradeTime: receivedAt };

  it('drops a packet that only repeats the last trade, and counts it as a sign of life', () => {
    const isNewTrade = createTradeFilter();
    const take = (tick: FakeTick) => readFrame(frame(packetOf(tick, 'full')), instruments, receivedAt, isNewTrade);
    expect(take({ ...trade, exchangeTime: receivedAt }).ticks).toHaveLength(1);
    const later = { exchangeTime: receivedAt + 5_000, buyQuantity: 7 };
    expect(take({ ...trade, ...later })).toEqual({ ticks: [], pictures: [], rejects: [], good: 1 });
  });

  it.each([
    ['the price', { ltp: 100.05 }],
    ['the quantity', { lastQuantity: 6 }],
    ['the day’s volume', { dayVolume: 1_005 }],
    ['the time of the trade', { lastTradeTime: receivedAt + 1_000 }],
  ])('takes a change of %s for a trade, once', (_what, change) => {
    const isNewTrade = createTradeFilter();
    const take = (tick: FakeTick) =>
      readFrame(frame(packetOf(tick, 'full')), instruments, receivedAt, isNewTrade).ticks;
    take(trade);
    expect(take({ ...trade, ...change })).toHaveLength(1);
    expect(take({ ...trade, ...change })).toHaveLength(0);
  });

  it('compares no trade time with a packet that has none', () => {
    const isNewTrade = createTradeFilter();
    const take = (tick: FakeTick, mode: FakeMode) =>
      readFrame(frame(packetOf(tick, mode)), instruments, receivedAt, isNewTrade).ticks.length;
    expect([take(trade, 'quote'), take(trade, 'full'), take(trade, 'quote'), take(trade, 'full')]).toEqual([
      1, 0, 0, 0,
    ]);
    expect(take({ ...trade, dayVolume: 1_001 }, 'quote')).toBe(1);
  });

  it('keeps instruments apart, and lets every value of an index and every bare price through', () => {
    const isNewTrade = createTradeFilter();
    const take = (tick: FakeTick, mode: FakeMode) =>
      readFrame(frame(packetOf(tick, mode)), instruments, receivedAt, isNewTrade).ticks.length;
    expect(take(trade, 'full')).toBe(1);
    expect(take({ ...trade, token: RELIANCE }, 'full')).toBe(1);
    const index = { token: NIFTY, ltp: 24_500, exchangeTime: receivedAt };
    expect([take(index, 'full'), take(index, 'full')]).toEqual([1, 1]);
    expect([take(trade, 'ltp'), take(trade, 'ltp')]).toEqual([1, 1]);
  });
});
