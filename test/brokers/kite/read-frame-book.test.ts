import { describe, expect, it } from 'vitest';
import { orderBookOf } from '../../../src/core/order-book.ts';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';
import { type FakeMode, type FakeTick, frame, packetOf } from '../../fakes/kite-packets.ts';
import { INFY, instruments, NIFTY, RELIANCE, read, receivedAt, USDINR } from './frame-instruments.ts';
import { MESSAGES } from './worked-examples.ts';

describe('the order book', () => {
  const readBooks = (message: Uint8Array, keys = instruments) => readFrame(message, keys, receivedAt, () => true, true);
  const level = (price: number, quantity: number, orders: number) => ({ price, quantity, orders });

  it('comes with the tick where it is wanted, as recorded from the real ticker', () => {
    expect(readBooks(MESSAGES.k3).ticks[0]?.book).toEqual({
      bids: [
        level(1_573.4, 5, 1),
        level(1_573, 140, 2),
        level(1_572.95, 2, 1),
        level(1_572.9, 219, 7),
        level(1_572.85, 50, 1),
      ],
      asks: [
        level(1_573.7, 172, 3),
        level(1_573.75, 44, 3),
        level(1_573.85, 302, 3),
        level(1_573.9, 141, 2),
        level(1_573.95, 724, 5),
      ],
    });
  });

  it('changes nothing else of the tick, and is not there unless it is wanted', () => {
    const [plain] = read(MESSAGES.k3).ticks;
    const [full] = readBooks(MESSAGES.k3).ticks;
    expect(plain).not.toHaveProperty('book');
    expect({ ...full, book: undefined }).toEqual({ ...plain, book: undefined });
  });

  it('reads many orders, and none of the padding', () => {
    const { ticks } = readBooks(MESSAGES.k8);
    expect(ticks[0]?.book?.bids[0]).toEqual(level(2_940.65, 100, 3));
    expect(ticks[0]?.book?.asks[0]).toEqual(level(2_940.7, 200, 65_535));
  });

  it('is read of the packet it belongs to, wherever that is in the message', () => {
    const other = packetOf({ token: RELIANCE, ltp: 1, buy: [level(1, 1, 1)] }, 'full');
    const mine = packetOf({ token: INFY, ltp: 100, sell: [level(100.05, 7, 2)] }, 'full');
    expect(readBooks(frame(other, mine)).ticks.map(({ book }) => book)).toEqual([
      { bids: [level(1, 1, 1)], asks: [] },
      { bids: [], asks: [level(100.05, 7, 2)] },
    ]);
  });

  it('leaves empty places out', () => {
    const buy = [level(99.95, 10, 1), level(0, 0, 0), level(99.9, 5, 1)];
    const [tick] = readBooks(frame(packetOf({ token: INFY, ltp: 100, buy }, 'full'))).ticks;
    expect(tick?.book).toEqual({ bids: [level(99.95, 10, 1), level(99.9, 5, 1)], asks: [] });
  });

  it.each<[string, FakeTick, FakeMode]>([
    ['in which no order waits', { token: INFY, ltp: 100 }, 'full'],
    ['of an index', { token: NIFTY, ltp: 100, exchangeTime: receivedAt }, 'full'],
    ['in quote mode', { token: INFY, ltp: 100 }, 'quote'],
    ['that is a bare price', { token: INFY, ltp: 100 }, 'ltp'],
  ])('is unknown of a packet %s', (_case, tick, mode) => {
    const [found] = readBooks(frame(packetOf(tick, mode))).ticks;
    expect(found?.ltp).toBe(100);
    expect(found?.book).toBeUndefined();
  });

  it('counts currency in ten-millionths', () => {
    const [tick] = readBooks(frame(packetOf({ token: USDINR, ltp: 72.755, buy: [level(72.75, 9, 1)] }, 'full'))).ticks;
    expect(tick?.book?.bids).toEqual([level(72.75, 9, 1)]);
  });

  it('makes an order book of a tick', () => {
    const [tick] = readBooks(MESSAGES.k3).ticks;
    if (tick === undefined) return expect.unreachable('there is a tick');
    expect(orderBookOf(tick)).toEqual({
      instrument: 'NSE:INFY',
      time: Date.parse('2021-07-05T10:41:27+05:30'),
      receivedAt,
      ...tick.book,
    });
    expect(orderBookOf({ ...tick, book: undefined })).toBeUndefined();
  });
});
