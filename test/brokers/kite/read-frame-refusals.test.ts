import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FakeMode, type FakeTick, frame, packetOf, rawPacket } from '../../fakes/kite-packets.ts';
import { INFY, NIFTY, RELIANCE, read, receivedAt } from './frame-instruments.ts';
import { MESSAGES } from './worked-examples.ts';

describe('readFrame', () => {
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
