import { describe, expect, it } from 'vitest';
import type { Tick } from '../../src/core/tick.ts';
import { TickReader } from '../../src/main/engine/tick-reader.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const DATE = day('2026-11-20');
const session = nse().session(DATE);
const tick = (time: string, ltp: number, more: Partial<Tick> = {}): Tick => {
  const stamp = ist(`${DATE} ${time}`);
  return { instrument: INFY.key, ltp, time: stamp, receivedAt: stamp, ...more };
};

describe('TickReader', () => {
  it('makes a print of a price, and a quantity of a running total', () => {
    const reader = new TickReader();
    reader.read(tick('10:00:00', 100, { dayVolume: 5_000 }), DATE, session);
    expect(reader.read(tick('10:00:01', 101, { dayVolume: 5_030 }), DATE, session)).toEqual({
      piece: { time: ist(`${DATE} 10:00:01`), open: 101, high: 101, low: 101, close: 101, volume: 30 },
      isInferred: false,
      isReset: false,
      isNewest: true,
    });
  });

  it('widens the print by what only the day’s range tells, and says so', () => {
    const reader = new TickReader();
    reader.read(tick('10:00:00', 100, { dayHigh: 110, dayLow: 90 }), DATE, session);
    expect(reader.read(tick('10:00:01', 101, { dayHigh: 111, dayLow: 89 }), DATE, session)).toMatchObject({
      piece: { open: 101, high: 111, low: 89, close: 101 },
      isInferred: true,
    });
  });

  it('gives the pre-open what was traded before anybody looked, and nothing once trading began', () => {
    const early = new TickReader();
    expect(early.read(tick('09:08:00', 100, { dayVolume: 700 }), DATE, session).piece.volume).toBe(700);
    const late = new TickReader();
    expect(late.read(tick('09:15:00', 100, { dayVolume: 700 }), DATE, session).piece.volume).toBe(0);
    const unknown = new TickReader();
    expect(unknown.read(tick('09:08:00', 100), DATE, session).piece.volume).toBeUndefined();
  });

  it('reports a venue that counts anew, and not a packet that comes late', () => {
    const reader = new TickReader();
    reader.read(tick('09:15:01', 100, { dayVolume: 10 }), DATE, session);
    reader.read(tick('09:15:03', 100, { dayVolume: 100 }), DATE, session);
    expect(reader.read(tick('09:15:02', 100, { dayVolume: 40 }), DATE, session).isReset).toBe(false);
    expect(reader.read(tick('09:15:04', 100, { dayVolume: 30 }), DATE, session).isReset).toBe(true);
    expect(reader.resets).toBe(1);
  });

  it('is not thrown out of the day by a packet of the day before', () => {
    const reader = new TickReader();
    reader.read(tick('10:00:00', 100, { dayVolume: 50, dayHigh: 100 }), DATE, session);
    const before = ist('2026-11-19 15:00');
    const stray = { ...tick('10:00:00', 90, { dayVolume: 9_000, dayHigh: 120 }), time: before };
    expect(reader.read(stray, day('2026-11-19'), nse().session(day('2026-11-19'))).piece.volume).toBe(0);
    expect(reader.read(tick('10:00:02', 101, { dayVolume: 60, dayHigh: 101 }), DATE, session)).toMatchObject({
      piece: { volume: 10, high: 101 },
      isInferred: false,
    });
  });

  it('takes nothing from a gap: not its volume, not its extremes', () => {
    const reader = new TickReader();
    reader.read(tick('10:00:00', 100, { dayVolume: 50, dayHigh: 100, dayLow: 100 }), DATE, session);
    reader.forget();
    expect(reader.read(tick('10:30:00', 105, { dayVolume: 950, dayHigh: 130, dayLow: 80 }), DATE, session)).toEqual({
      piece: { time: ist(`${DATE} 10:30:00`), open: 105, high: 105, low: 105, close: 105, volume: 0 },
      isInferred: false,
      isReset: false,
      isNewest: true,
    });
  });

  it('counts nothing twice when one venue tells totals and the other each trade', () => {
    const reader = new TickReader();
    reader.read(tick('10:00:00', 100, { dayVolume: 5_000 }), DATE, session);
    reader.read(tick('10:00:01', 100, { quantity: 40 }), DATE, session);
    expect(reader.read(tick('10:00:02', 100, { dayVolume: 5_060 }), DATE, session).piece.volume).toBe(0);
    expect(reader.read(tick('10:00:03', 100, { dayVolume: 5_070 }), DATE, session).piece.volume).toBe(10);
  });

  it('counts from a price that was looked at', () => {
    const reader = new TickReader();
    reader.look(tick('10:00:00', 100, { dayVolume: 50, dayHigh: 100 }), DATE);
    expect(reader.read(tick('10:00:01', 99, { dayVolume: 58, dayHigh: 104 }), DATE, session)).toMatchObject({
      piece: { volume: 8, high: 99 },
      isInferred: false,
    });
  });
});
