import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle, Provenance } from '../../src/core/candle.ts';
import { groundOf } from '../../src/main/engine/bar-ground.ts';
import type { BarMark } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const OPEN = ist('2026-10-30 10:15');

const at = (timeframe: '5s' | '1m' | '5m', seconds: number): Candle => {
  const openTime = (OPEN + seconds * 1_000) as EpochMs;
  return { instrument: INFY, timeframe, openTime, open: 1, high: 1, low: 1, close: 1, volume: 1 };
};

type Rows = readonly [candles: readonly Candle[], provenance: Provenance, marks?: readonly BarMark[]];

function ground(timeframe: '1m' | '5m' | '15m', ...batches: readonly Rows[]) {
  const store = openStore(':memory:');
  store.saveBars({
    batches: batches.map(([candles, provenance, marks = []]) => ({ candles, provenance, marks })),
  });
  return groundOf(store, { instrument: INFY, timeframe, openTime: OPEN }, nse());
}

const minutes = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => at('1m', (from + index) * 60));
const fives = (from: number, to: number) =>
  Array.from({ length: (to - from) * 12 }, (_, index) => at('5s', from * 60 + index * 5));

describe('what is known of the rows that a bar is made of', () => {
  it('is that of its own row where it has one, whatever shorter ones there are', () => {
    expect(ground('5m', [[at('5m', 0)], 'official', ['standby']], [fives(0, 5), 'live', ['partial']])).toEqual({
      provenance: 'official',
      marks: ['standby'],
    });
  });

  it('is nothing where none is stored', () => {
    expect(ground('5m')).toEqual({ provenance: undefined, marks: [] });
    expect(ground('5m', [[at('1m', 300)], 'live'], [[at('5s', -5)], 'live']), 'nor beside it').toEqual({
      provenance: undefined,
      marks: [],
    });
  });

  it('is the weakest of its pieces, with every mark that one of them has, each once', () => {
    const marked: Rows = [[at('5s', 280)], 'live', ['inferred', 'partial']];
    expect(ground('5m', [minutes(0, 4), 'official'], [fives(4, 5), 'live'], marked)).toEqual({
      provenance: 'live',
      marks: ['partial', 'inferred'],
    });
    expect(ground('5m', [minutes(0, 2), 'official'], [minutes(2, 5), 'history']).provenance).toBe('history');
  });

  it('leaves out pieces that a longer row overrules', () => {
    expect(ground('5m', [minutes(0, 5), 'history'], [fives(0, 5), 'live', ['partial']])).toEqual({
      provenance: 'history',
      marks: [],
    });
    expect(ground('5m', [minutes(0, 3), 'history'], [fives(0, 3), 'live', ['partial']])).toEqual({
      provenance: 'history',
      marks: [],
    });
  });

  it('reaches down through every timeframe', () => {
    const shorter = [fives(0, 5), 'live'] as const;
    expect(ground('15m', [[at('5m', 600)], 'official'], shorter, [minutes(5, 10), 'history']).provenance).toBe('live');
  });
});
