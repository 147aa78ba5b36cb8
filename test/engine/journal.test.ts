import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { AppError } from '../../src/core/errors.ts';
import { Journal } from '../../src/main/engine/journal.ts';
import type { CandleBatch, Store } from '../../src/main/engine/store-port.ts';
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

function journalOver(save?: Store['saveCandles']) {
  const clock = new FakeClock();
  const store = openStore(':memory:');
  const batches: (readonly CandleBatch[])[] = [];
  const troubles: AppError[] = [];
  const keep: Store['saveCandles'] = (given) => {
    save?.(given);
    batches.push(given);
    store.saveCandles(given);
  };
  const journal = new Journal({ ...store, saveCandles: keep }, clock, (error) => troubles.push(error));
  return { clock, store, journal, batches, troubles };
}

describe('Journal', () => {
  it('stores what closed within a quarter of a second in one transaction', () => {
    const { clock, journal, batches } = journalOver();
    journal.candle(bar(0), 'live');
    clock.advance(200);
    journal.candle(bar(5), 'live');
    journal.candle(bar(10), 'history');
    expect(batches).toEqual([]);
    clock.advance(50);
    expect(batches).toEqual([
      [
        { candles: [bar(0), bar(5)], provenance: 'live' },
        { candles: [bar(10)], provenance: 'history' },
      ],
    ]);
    clock.advance(10_000);
    expect(batches, 'nothing is stored twice').toHaveLength(1);
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
    const { clock, journal, troubles } = journalOver(() => {
      throw new AppError('storage', 'The disk is full.');
    });
    for (let n = 0; n < 40_000; n += 1) journal.candle(bar(n * 5), 'live');
    clock.advance(250);
    expect(journal.dropped).toBe(40_000);
    expect(troubles.at(-1)?.message).toBe(
      '40000 bars and ticks could not be stored and are given up. The disk is full.',
    );
  });
});
