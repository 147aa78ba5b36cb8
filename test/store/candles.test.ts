import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Candle, PROVENANCES, type Provenance } from '../../src/core/candle.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { bar, FOREVER, INFY, minute, NIFTY } from './sample-bars.ts';

function memory(): Store {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

const save = (store: Store, provenance: Provenance, ...candles: readonly Candle[]): void =>
  store.saveBars({ batches: [{ candles, provenance }] });

const minutes = (store: Store): readonly Candle[] => candlesOf(store.loadCandles(INFY, '1m', ...FOREVER), INFY, '1m');

describe('candles in the store', () => {
  it('come back as they went in, oldest first', () => {
    const store = memory();
    save(store, 'history', bar(2, 1_502.25), bar(0, 1_500.05), bar(1, 1_501.1));
    expect(minutes(store)).toEqual([bar(0, 1_500.05), bar(1, 1_501.1), bar(2, 1_502.25)]);
  });

  it('keep an unknown volume apart from none', () => {
    const store = memory();
    save(store, 'live', bar(0, 1_500, { volume: undefined }), bar(1, 1_500, { volume: 0 }));
    const { volume } = store.loadCandles(INFY, '1m', ...FOREVER);
    expect(volume).toEqual(Float64Array.of(Number.NaN, 0));
  });

  it('are found by instrument and timeframe', () => {
    const store = memory();
    save(store, 'live', bar(0, 1), bar(0, 2, { timeframe: '1s' }), bar(0, 3, { instrument: NIFTY }));
    expect(minutes(store)).toEqual([bar(0, 1)]);
    expect(store.loadCandles(INFY, '1s', ...FOREVER).close).toEqual(Float64Array.of(2));
    expect(store.loadCandles(NIFTY, '1m', ...FOREVER).close).toEqual(Float64Array.of(3));
  });

  it('are loaded from a time on and up to another, which is not included', () => {
    const store = memory();
    save(store, 'live', bar(0, 10), bar(1, 11), bar(2, 12), bar(3, 13));
    expect(store.loadCandles(INFY, '1m', minute(1), minute(3)).close).toEqual(Float64Array.of(11, 12));
    expect(store.loadCandles(INFY, '1m', minute(3), minute(3)).openTime).toHaveLength(0);
  });

  it('are loaded back from a time, the newest of them, oldest first', () => {
    const store = memory();
    save(store, 'live', bar(0, 10), bar(1, 11), bar(2, 12), bar(3, 13));
    expect(store.loadCandlesBefore(INFY, '1m', minute(3), 2).close).toEqual(Float64Array.of(11, 12));
    expect(store.loadCandlesBefore(INFY, '1m', minute(0), 2).close).toHaveLength(0);
  });

  it.each<[Provenance, Provenance, 'the first' | 'the second']>([
    ['live', 'live', 'the second'],
    ['live', 'history', 'the second'],
    ['live', 'official', 'the second'],
    ['history', 'live', 'the first'],
    ['history', 'history', 'the second'],
    ['history', 'official', 'the second'],
    ['official', 'live', 'the first'],
    ['official', 'history', 'the first'],
    ['official', 'official', 'the second'],
  ])('of %s, then %s: %s stands', (earlier, later, winner) => {
    const store = memory();
    save(store, earlier, bar(0, 1, { volume: 7 }));
    save(store, later, bar(0, 2, { volume: undefined, high: 9_999 }));
    const expected = winner === 'the first' ? bar(0, 1, { volume: 7 }) : bar(0, 2, { volume: undefined, high: 9_999 });
    expect(minutes(store)).toEqual([expected]);
  });

  it('of several batches are stored together or not at all', () => {
    const store = memory();
    const broken = bar(1, Number.NaN);
    const good: Candle[] = Array.from({ length: 120 }, (_, index) => bar(index + 2, index + 1));
    expect(() =>
      store.saveBars({
        batches: [
          { candles: [bar(0, 10), ...good], provenance: 'live' },
          { candles: [broken], provenance: 'history' },
        ],
      }),
    ).toThrow();
    expect(minutes(store)).toEqual([]);
  });

  it('end up the same whatever their order, their batches and how often they were told', () => {
    const told = fc.record({ index: fc.nat(20), rank: fc.nat(2) });
    // One word per bar and provenance, as a venue gives it: order must not matter then.
    const wordOf = ({ index, rank }: { index: number; rank: number }): Candle => bar(index, 100 + index * 10 + rank);
    const twice = fc
      .array(told, { minLength: 1, maxLength: 200 })
      .chain((words) =>
        fc.tuple(fc.constant(words), fc.shuffledSubarray([...words, ...words], { minLength: 2 * words.length })),
      );
    fc.assert(
      fc.property(twice, ([words, shuffled]) => {
        const [first, second] = [openStore(':memory:'), openStore(':memory:')];
        for (const word of words) save(first, PROVENANCES[word.rank] ?? 'live', wordOf(word));
        second.saveBars({
          batches: shuffled.map((word) => ({ candles: [wordOf(word)], provenance: PROVENANCES[word.rank] ?? 'live' })),
        });
        const strongest = new Map<number, number>();
        for (const { index, rank } of words) strongest.set(index, Math.max(rank, strongest.get(index) ?? 0));
        const expected = [...strongest].sort(([a], [b]) => a - b).map(([index, rank]) => wordOf({ index, rank }));
        expect(minutes(first)).toEqual(expected);
        expect(minutes(second)).toEqual(expected);
        first.close();
        second.close();
      }),
      { numRuns: 60 },
    );
  });

  it('survive a hundred thousand at once, to the last bit', () => {
    const store = memory();
    const candles = Array.from({ length: 100_000 }, (_, index) => {
      const close = 1_000 + Math.sin(index) * 37.5;
      return bar(index, close, { timeframe: '5s', low: close - Math.PI, high: close + Math.E, volume: index / 8 });
    });
    store.saveBars({ batches: [{ candles, provenance: 'history' }] });
    const loaded = candlesOf(store.loadCandles(INFY, '5s', ...FOREVER), INFY, '5s');
    expect(loaded).toHaveLength(candles.length);
    expect(loaded.every((candle, index) => Object.is(candle.close, candles[index]?.close))).toBe(true);
    expect(loaded.at(-1)).toEqual(candles.at(-1));
    expect(loaded[54_321]).toEqual(candles[54_321]);
  });
});
