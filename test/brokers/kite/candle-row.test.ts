import { describe, expect, it } from 'vitest';
import { readCandleRow } from '../../../src/main/brokers/kite/candle-row.ts';

const TIME = '2026-11-20T09:15:00+0530';

describe('a row of Kite’s history', () => {
  it('is read, open interest or not', () => {
    const bar = {
      time: Date.UTC(2026, 10, 20, 3, 45),
      open: 1_705,
      high: 1_710.5,
      low: 1_704,
      close: 1_709,
      volume: 0,
    };
    expect(readCandleRow([TIME, 1_705, 1_710.5, 1_704, 1_709, 0])).toEqual(bar);
    expect(readCandleRow([TIME, 1_705, 1_710.5, 1_704, 1_709, 0, 77])).toEqual(bar);
  });

  it.each([
    ['no row', 'x'],
    ['no time', ['soon', 1, 2, 1, 2, 3]],
    ['a price of nothing', [TIME, 0, 2, 1, 2, 3]],
    ['an endless price', [TIME, 1, JSON.parse('1e999'), 1, 2, 3]],
    ['a high below the low', [TIME, 1, 1, 2, 1, 3]],
    ['a close above the high', [TIME, 1, 2, 1, 3, 3]],
    ['a volume below nothing', [TIME, 1, 2, 1, 2, -1]],
    ['an endless volume', [TIME, 1, 2, 1, 2, JSON.parse('1e999')]],
    ['a volume in words', [TIME, 1, 2, 1, 2, '3']],
  ])('with %s is refused', (_what, row) => expect(readCandleRow(row)).toBeUndefined());
});
