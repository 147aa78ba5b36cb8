import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';
import { frame, packetOf } from '../../fakes/kite-packets.ts';
import { INFY, read, receivedAt } from './frame-instruments.ts';
import { MESSAGES } from './worked-examples.ts';

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

  it('finds nothing in a heartbeat or an empty message', () => {
    for (const message of [MESSAGES.k13, MESSAGES.k13Empty, new Uint8Array(0)])
      expect(read(message)).toEqual({ ticks: [], pictures: [], rejects: [], good: 0 });
  });
});
