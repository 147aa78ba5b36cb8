import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { orderBookOf } from '../../../src/core/order-book.ts';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';
import { createTradeFilter } from '../../../src/main/brokers/kite/trade-filter.ts';
import { type FakeMode, type FakeTick, frame, packetOf, rawPacket } from '../../fakes/kite-packets.ts';
import { MESSAGES } from './worked-examples.ts';

const INFY = 408_065;
const RELIANCE = 738_561;
const NIFTY = 256_265;
const USDINR = 412_675; // The low byte is 3: NSE currency.
const instruments = new Map(
  Object.entries({
    [INFY]: 'NSE:INFY',
    [RELIANCE]: 'NSE:RELIANCE',
    [NIFTY]: 'NSE:NIFTY 50',
    [USDINR]: 'CDS:USDINR',
  }).map(([token, key]) => [Number(token), key as InstrumentKey]),
);
const receivedAt = Date.parse('2024-06-12T12:46:11+05:30') as EpochMs;
const read = (message: Uint8Array) => readFrame(message, instruments, receivedAt, () => true);

describe('readFrame', () => {
  it('gives price, volume, the day and the exchange’s time in full mode', () => {
    expect(read(MESSAGES.k3)).toEqual({
      ticks: [
        {
          instrument: 'NSE:INFY',
          ltp: 1_573.7,
          dayVolume: 1_192_471,
          previousClose: 1_567.8,
          dayOpen: 1_569.15,
          dayHigh: 1_575,
          dayLow: 1_561.05,
          time: Date.parse('2021-07-05T10:41:27+05:30'),
          receivedAt,
        },
      ],
      pictures: [],
      rejects: [],
      good: 1,
    });
  });

  it('gives an index without volume: unknown, not zero', () => {
    const { ticks } = read(MESSAGES.k5);
    expect(ticks).toEqual([
      {
        instrument: 'NSE:NIFTY 50',
        ltp: 23_406.85,
        previousClose: 23_264.85,
        dayOpen: 23_344.5,
        dayHigh: 23_441.95,
        dayLow: 23_295.95,
        time: Date.parse('2024-06-12T12:46:09+05:30'),
        receivedAt,
      },
    ]);
    expect(ticks[0]?.dayVolume).toBeUndefined();
  });

  it('stamps packets without a time of their own with the time of arrival', () => {
    for (const mode of ['ltp', 'quote'] as const)
      expect(read(frame(packetOf({ token: INFY, ltp: 100 }, mode))).ticks).toMatchObject([{ time: receivedAt }]);
    expect(read(frame(packetOf({ token: INFY, ltp: 100, exchangeTime: 0 }, 'full'))).ticks).toMatchObject([
      { time: receivedAt },
    ]);
  });

  it('leaves out prices of the day that are zero', () => {
    const [tick] = read(frame(packetOf({ token: INFY, ltp: 100, close: 0, open: 0 }, 'quote'))).ticks;
    expect(tick).toMatchObject({ ltp: 100, dayVolume: 0 });
    expect(tick?.previousClose).toBeUndefined();
    expect(tick?.dayOpen).toBeUndefined();
  });

  it('counts currency in ten-millionths', () => {
    expect(read(MESSAGES.k6).ticks.find(({ instrument }) => instrument === 'CDS:USDINR')?.ltp).toBe(72.755);
  });

  it('reads quantities beyond 2^31', () => {
    const keys = new Map([[3_677_697, 'NSE:BIG' as InstrumentKey]]);
    const { ticks } = readFrame(MESSAGES.k9, keys, receivedAt, () => true);
    expect(ticks).toMatchObject([{ ltp: 12.34, dayVolume: 2_415_919_104 }]);
  });

  it('takes the same instrument twice in one message for two ticks, in order', () => {
    expect(read(MESSAGES.k12).ticks.map(({ ltp }) => ltp)).toEqual([2_940.7, 2_940.75]);
  });

  it.each([
    ['a price below zero', rawPacket(8, { 0: INFY, 4: -100 }), 'bad-price'],
    ['an instrument before its first trade', packetOf({ token: INFY, ltp: 0, close: 100 }, 'full'), 'no-trade'],
    ['a token nobody asked for', rawPacket(8, { 0: 1, 4: 100 }), 'unknown-instrument'],
    ['a length the protocol does not have', rawPacket(40, { 0: INFY, 4: 100 }), 'unknown-length'],
    ['a packet of no length', rawPacket(0, {}), 'unknown-length'],
    ['a time of the next century', rawPacket(184, { 0: INFY, 4: 100, 60: -1 }), 'bad-time'],
  ])('refuses %s and keeps the rest of the message', (_case, bad, reject) => {
    const good = packetOf({ token: RELIANCE, ltp: 1_400 }, 'ltp');
    const { ticks, rejects, good: count } = read(frame(bad, good));
    expect(rejects).toMatchObject([{ reject }]);
    expect(ticks).toMatchObject([{ instrument: 'NSE:RELIANCE', ltp: 1_400 }]);
    expect(count).toBe(1);
  });

  it('reports K14, the packet before the first trade, and makes no tick of it', () => {
    expect(read(MESSAGES.k14)).toEqual({
      ticks: [],
      pictures: [],
      rejects: [{ reject: 'no-trade', detail: 'NSE:RELIANCE has not traded yet' }],
      good: 0,
    });
  });

  it('finds nothing in a heartbeat or an empty message', () => {
    for (const message of [MESSAGES.k13, MESSAGES.k13Empty, new Uint8Array(0)])
      expect(read(message)).toEqual({ ticks: [], pictures: [], rejects: [], good: 0 });
  });

  const kinds: readonly (readonly [string, FakeTick, FakeMode])[] = [
    ['ltp', { token: INFY, ltp: 100 }, 'ltp'],
    ['index quote', { token: NIFTY, ltp: 100 }, 'quote'],
    ['index full', { token: NIFTY, ltp: 100, exchangeTime: receivedAt }, 'full'],
    ['quote', { token: INFY, ltp: 100 }, 'quote'],
    ['full', { token: INFY, ltp: 100, exchangeTime: receivedAt }, 'full'],
  ];
  it.each(kinds)('survives a message with a packet of kind "%s" cut off anywhere', (_kind, tick, mode) => {
    const good = packetOf({ token: RELIANCE, ltp: 1_400 }, 'ltp');
    const whole = frame(good, packetOf(tick, mode));
    const goodEnds = 2 + 2 + good.byteLength;
    for (let length = 2; length < whole.byteLength; length += 1) {
      const { ticks, rejects } = read(whole.subarray(0, length));
      expect(ticks, `cut at byte ${length}`).toHaveLength(length >= goodEnds ? 1 : 0);
      expect(rejects, `cut at byte ${length}`).toEqual([
        { reject: 'truncated', detail: `${length >= goodEnds ? 1 : 2} of 2 packets missing` },
      ]);
    }
    expect(read(whole).ticks).toHaveLength(2);
  });

  it('complains once about a message that announces far more than it brings', () => {
    const absurd = Uint8Array.from(frame(packetOf({ token: INFY, ltp: 100 }, 'ltp')));
    absurd.set([0xff, 0xff]);
    expect(read(absurd)).toMatchObject({
      ticks: [{ ltp: 100 }],
      rejects: [{ reject: 'truncated', detail: '65534 of 65535 packets missing' }],
    });
  });

  it('never throws, and makes no tick that cannot be', () => {
    const packet = fc
      .tuple(fc.constantFrom(8, 28, 32, 44, 184, 12), fc.uint8Array({ minLength: 184, maxLength: 184 }))
      .map(([length, noise]) => {
        const bytes = noise.slice(0, length);
        new DataView(bytes.buffer).setUint32(0, INFY);
        return bytes;
      });
    const message = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(packet, { maxLength: 5 }).map((packets) => frame(...packets)),
    );
    fc.assert(
      fc.property(message, (bytes) => {
        for (const tick of read(bytes).ticks) {
          expect(tick.ltp).toBeGreaterThan(0);
          expect(tick.time).toBeLessThanOrEqual(receivedAt + 86_400_000);
          expect(tick.dayVolume ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

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
