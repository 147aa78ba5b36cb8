import { describe, expect, it } from 'vitest';
import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../src/core/brand.ts';
import type { Quote } from '../../src/core/quote.ts';
import { createSparklineStore } from '../../src/renderer/src/live/sparkline-store.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const OPEN = Date.parse('2026-11-20T09:15:00+05:30') as EpochMs;

function quote(ltp: number, minutes: number): Quote {
  const time = (OPEN + minutes * MINUTE_MS) as EpochMs;
  const unknown = { previousClose: undefined, changePercent: undefined, dayVolume: undefined, rsi: undefined };
  return { instrument: INFY, ltp, ...unknown, trend: undefined, time, receivedAt: time };
}

describe('sparkline store', () => {
  it('lets the last point follow the price and begins a new one every ten minutes', () => {
    const lines = createSparklineStore();
    lines.replace({ [INFY]: [100, 101] }, OPEN);
    lines.receive([quote(102, 1), quote(103, 9)]);
    expect(lines.of(INFY)).toEqual([100, 103]);
    lines.receive([quote(104, 10)]);
    expect(lines.of(INFY)).toEqual([100, 103, 104]);
  });

  it('begins a new line with a new day', () => {
    const lines = createSparklineStore();
    lines.replace({ [INFY]: [100, 101] }, OPEN);
    lines.receive([quote(99, 24 * 60)]);
    expect(lines.of(INFY)).toEqual([99]);
  });

  it('starts a line where the snapshot had none, and stays short however long it runs', () => {
    const lines = createSparklineStore();
    for (let minutes = 0; minutes < 14 * 60; minutes += 10) lines.receive([quote(minutes, minutes)]);
    expect(lines.of(INFY)).toHaveLength(60);
    expect(lines.of(INFY).at(-1)).toBe(830);
    expect(lines.of('NSE:TCS' as InstrumentKey)).toEqual([]);
  });
});
