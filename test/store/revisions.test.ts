import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { type Candle, PROVENANCES, type Provenance } from '../../src/core/candle.ts';
import { BAR_FIELDS } from '../../src/core/revision.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { bar, FOREVER, INFY, LATER, minute, NIFTY, revision, valuesOf } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

describe('revisions', () => {
  it('are written for each bar that history changes, with what it was', () => {
    const { store } = tempStore();
    store.saveBars({ batches: [{ candles: [bar(0, 10), bar(1, 11), bar(3, 13)], provenance: 'live' }] });
    const told = [bar(0, 10), bar(1, 12, { volume: undefined }), bar(2, 12), bar(3, 13, { high: 2_001 })];
    store.saveBars({ batches: [{ candles: told, provenance: 'history' }], at: LATER });
    expect(store.revisions(...FOREVER)).toEqual([
      revision(bar(1, 12, { volume: undefined }), { before: valuesOf(bar(1, 11)) }),
      revision(bar(3, 13, { high: 2_001 }), { before: valuesOf(bar(3, 13)) }),
    ]);
    expect(store.storedCandles(INFY, '1m', ...FOREVER).map(({ provenance }) => provenance)).toEqual(
      Array(4).fill('history'),
    );
  });

  it('name the exchange where it spoke, and an import where they are told to', () => {
    const { store } = tempStore();
    const save = (provenance: Provenance, close: number, reason?: 'import'): void =>
      store.saveBars({ batches: [{ candles: [bar(0, close)], provenance }], at: LATER, ...(reason && { reason }) });
    save('history', 1);
    save('history', 2);
    save('official', 3, 'import');
    save('official', 4);
    save('history', 5);
    const told = store.revisions(...FOREVER).map(({ reason, before, after }) => [reason, before?.close, after.close]);
    expect(told).toEqual([
      ['history', 1, 2],
      ['import', 2, 3],
      ['official', 3, 4],
    ]);
  });

  it.each(BAR_FIELDS)('are written where nothing but the %s differs', (field) => {
    const { store } = tempStore();
    const changed = bar(0, 1, { [field]: 1_234.5 });
    store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance: 'live' }] });
    store.saveBars({ batches: [{ candles: [changed], provenance: 'official' }], at: LATER });
    const expected = revision(changed, { reason: 'official', before: valuesOf(bar(0, 1)) });
    expect(store.revisions(...FOREVER)).toEqual([expected]);
  });

  it('are not written for what the feed says twice, nor without the time', () => {
    const { store } = tempStore();
    const save = (provenance: Provenance, close: number, at?: EpochMs): void =>
      store.saveBars({ batches: [{ candles: [bar(0, close)], provenance }], ...(at && { at }) });
    save('live', 1, LATER);
    save('live', 2, LATER);
    save('history', 3);
    expect(store.revisions(...FOREVER)).toEqual([]);
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toEqual(Float64Array.of(3));
  });

  it('are found by the time of their bars, the oldest bar first, the changes of each in order', () => {
    const { store } = tempStore();
    const [late, early, again] = [revision(bar(5, 1)), revision(bar(1, 1)), revision(bar(5, 2))];
    const other = revision(bar(5, 1, { instrument: NIFTY }));
    store.saveBars({ batches: [], revisions: [late, early, other, again] });
    expect(store.revisions(minute(1), minute(6))).toEqual([early, late, again, other]);
    expect(store.revisions(minute(2), minute(5))).toEqual([]);
    expect(store.revisions(minute(5), minute(6))).toHaveLength(3);
  });

  it('tell the whole way of every bar, whatever came in which order', () => {
    const word = fc.record({
      index: fc.nat(12),
      rank: fc.nat(2),
      close: fc.integer({ min: 1, max: 3 }),
      timeframe: fc.constantFrom<'1m' | '5m'>('1m', '5m'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 20 }), { maxLength: 8 }), (writes) => {
        const store = openStore(':memory:');
        const standing = new Map<string, { rank: number; close: number }>();
        const expected: [string, number, number][] = [];
        for (const words of writes) {
          const batches: { candles: Candle[]; provenance: Provenance }[] = [];
          for (const { index, rank, close, timeframe } of words) {
            const [candle, provenance] = [bar(index, close, { timeframe }), PROVENANCES[rank] ?? 'live'];
            const last = batches.at(-1);
            if (last?.provenance === provenance) last.candles.push(candle);
            else batches.push({ candles: [candle], provenance });
          }
          store.saveBars({ batches, at: LATER });
          for (const { index, rank, close, timeframe } of words) {
            const place = `${minute(index)} ${timeframe}`;
            const before = standing.get(place);
            if (before !== undefined && before.rank > rank) continue;
            if (before !== undefined && rank > 0 && before.close !== close) expected.push([place, before.close, close]);
            standing.set(place, { rank, close });
          }
        }
        const told = store.revisions(...FOREVER).map(({ openTime, timeframe, before, after }) => {
          return [`${openTime} ${timeframe}`, before?.close, after.close];
        });
        expect(told).toEqual(expected.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
        for (const timeframe of ['1m', '5m'] as const)
          for (const { candle, provenance } of store.storedCandles(INFY, timeframe, ...FOREVER)) {
            const place = `${candle.openTime} ${timeframe}`;
            expect({ rank: PROVENANCES.indexOf(provenance), close: candle.close }).toEqual(standing.get(place));
            standing.delete(place);
          }
        expect(standing.size).toBe(0);
        store.close();
      }),
      { numRuns: 60 },
    );
  });

  it('are found among more bars than are compared at once', () => {
    const { store } = tempStore();
    const bars = Array.from({ length: 12_001 }, (_, index) => bar(index, 1));
    store.saveBars({ batches: [{ candles: bars, provenance: 'live' }] });
    const changed = new Set([0, 4_999, 5_000, 9_999, 10_000, 12_000]);
    const told = bars.map((each, index) => (changed.has(index) ? bar(index, 2) : each));
    store.saveBars({ batches: [{ candles: told, provenance: 'official' }], at: LATER });
    expect(store.revisions(...FOREVER).map(({ openTime }) => openTime)).toEqual([...changed].map(minute));
    expect(store.storedCandles(INFY, '1m', ...FOREVER).every(({ provenance }) => provenance === 'official')).toBe(true);
  });
});
