import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { AppError } from '../../src/core/errors.ts';
import { Journal } from '../../src/main/engine/journal.ts';
import type { BarWrite, Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { INFY } from '../support/tape.ts';

const bar = (second: number): Candle => ({
  instrument: INFY.key,
  timeframe: '5s',
  openTime: (second * 1_000) as EpochMs,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
});

function journalOver(save?: Store['saveBars']) {
  const clock = new FakeClock();
  const store = openStore(':memory:');
  const writes: BarWrite[] = [];
  const givenUp: EpochMs[] = [];
  const troubles: AppError[] = [];
  const keep: Store['saveBars'] = (given) => {
    save?.(given);
    writes.push(given);
    store.saveBars(given);
  };
  const journal = new Journal({
    store: { ...store, saveBars: keep },
    clock,
    onTrouble: (error) => troubles.push(error),
    onGivenUp: (from) => givenUp.push(from),
  });
  return { clock, store, journal, writes, troubles, givenUp };
}

describe('Journal', () => {
  it('stores what closed within a quarter of a second in one transaction', () => {
    const { clock, journal, writes } = journalOver();
    journal.candle(bar(0), 'live');
    clock.advance(200);
    journal.candle(bar(5), 'live');
    journal.candle(bar(10), 'history');
    expect(writes).toEqual([]);
    clock.advance(50);
    expect(writes.map(({ batches }) => batches)).toEqual([
      [
        { candles: [bar(0), bar(5)], provenance: 'live', marks: [] },
        { candles: [bar(10)], provenance: 'history', marks: [] },
      ],
    ]);
    clock.advance(10_000);
    expect(writes, 'nothing is stored twice').toHaveLength(1);
  });

  it('keeps what the disk refuses, says so, and stores it with the next bars', () => {
    let isFull = true;
    const { clock, journal, store, troubles } = journalOver(() => {
      if (isFull) throw new AppError('storage', 'The disk is full.');
    });
    journal.candle(bar(0), 'live');
    clock.advance(250);
    expect(troubles.map(({ message }) => message)).toEqual(['The disk is full.']);
    isFull = false;
    journal.candle(bar(5), 'live');
    clock.advance(250);
    expect(store.loadCandles(INFY.key, '5s', 0 as EpochMs, 60_000 as EpochMs).openTime.length).toBe(2);
  });

  it('gives up what it holds before that fills the memory, counts it and says so', () => {
    const { clock, journal, troubles, givenUp } = journalOver(() => {
      throw new AppError('storage', 'The disk is full.');
    });
    for (let n = 0; n < 40_000; n += 1) journal.candle(bar(100 + n * 5), 'live');
    clock.advance(250);
    expect(givenUp, 'from here on nothing is whole any more').toEqual([100_000]);
    expect(journal.dropped).toBe(40_000);
    expect(troubles.at(-1)?.message).toBe(
      '40000 bars and ticks could not be stored and are given up. The disk is full.',
    );
  });

  it('says of a growing stretch only how far it has come, and no sooner than its bars', () => {
    const { clock, journal, writes } = journalOver();
    const stretch = { instrument: INFY.key, timeframe: '5s', provenance: 'live', open: 0 as EpochMs } as const;
    journal.candle(bar(0), 'live');
    journal.covered({ ...stretch, close: 5_000 as EpochMs });
    journal.candle(bar(5), 'live');
    journal.covered({ ...stretch, close: 10_000 as EpochMs });
    clock.advance(250);
    expect(writes).toHaveLength(1);
    expect(writes[0]?.batches.flatMap(({ candles }) => candles)).toEqual([bar(0), bar(5)]);
    expect(writes[0]?.covered).toEqual([{ ...stretch, close: 10_000 }]);
  });

  it('stores no bar and no change twice when only the ticks were refused', () => {
    const { clock, store } = journalOver();
    const writes: BarWrite[] = [];
    let refusals = 1;
    const journal = new Journal({
      store: {
        ...store,
        saveBars: (write) => writes.push(write),
        saveTicks: () => {
          refusals -= 1;
          if (refusals >= 0) throw new AppError('storage', 'The disk is full.');
        },
      },
      clock,
      onTrouble: () => undefined,
    });
    journal.candle(bar(0), 'live');
    journal.tick({ instrument: INFY.key, ltp: 1, time: 0 as EpochMs, receivedAt: 0 as EpochMs });
    clock.advance(500);
    expect(writes.map(({ batches }) => batches.length)).toEqual([1, 0]);
  });
});
