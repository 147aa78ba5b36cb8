import { expect } from 'vitest';
import { DAY_MS, type EpochMs, type InstrumentKey } from '../../src/core/brand.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import type { Retention, Store, TrimReport } from '../../src/main/engine/store-port.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';

export const FOR_EVER: Retention = {
  ticks: undefined,
  books: undefined,
  seconds: undefined,
  base: undefined,
  intraday: undefined,
  budgetBytes: undefined,
};

/** 2026-11-21 12:00 IST; UTC midnight before it is 05:30. */
export const NOW = Date.UTC(2026, 10, 21, 6, 30) as EpochMs;
export const TODAY = Date.UTC(2026, 10, 21);

/** 09:15 IST, so many days before. */
export const daysAgo = (days: number): EpochMs => (TODAY - days * DAY_MS + 3.75 * 3_600_000) as EpochMs;

export function addBars(
  store: Store,
  timeframe: Timeframe,
  days: number,
  count = 3,
  instrument: InstrumentKey = INFY,
): void {
  const openTime = (index: number) => (daysAgo(days) + index * 1_000) as EpochMs;
  const candles = Array.from({ length: count }, (_, index) =>
    bar(index, index + 1, { instrument, timeframe, openTime: openTime(index) }),
  );
  const span = { instrument, timeframe, provenance: 'live', open: daysAgo(days), close: openTime(count) } as const;
  store.saveBars({ batches: [{ candles, provenance: 'live' }], covered: [span] });
}

/** Trims to the end. Answers all that was deleted, and the last report. */
export function trimAll(store: Store, retention: Partial<Retention>, now = NOW) {
  const deleted: Record<string, number> = {};
  let freedBytes = 0;
  let last: TrimReport = { deleted, freedBytes, isDone: false };
  for (let slice = 0; !last.isDone; slice += 1) {
    expect(slice, 'it comes to an end').toBeLessThan(10_000);
    last = store.trim({ ...FOR_EVER, ...retention }, now);
    for (const [kind, count] of Object.entries(last.deleted)) deleted[kind] = (deleted[kind] ?? 0) + count;
    freedBytes += last.freedBytes;
  }
  return { deleted, freedBytes, last };
}

export const openTimes = (store: Store, timeframe: Timeframe, instrument = INFY): readonly number[] =>
  Array.from(store.loadCandles(instrument, timeframe, ...FOREVER).openTime);
