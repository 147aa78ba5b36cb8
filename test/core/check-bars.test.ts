import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/core/brand.ts';
import { type BarRow, checkBars } from '../../src/core/check-bars.ts';
import { ist } from '../support/ist.ts';
import { bar, cas, dayOf, minutes } from './sample-bars.ts';

describe('many bars', () => {
  const rows = [bar('2026-08-03 09:15'), bar('2026-08-03 09:16'), bar('2026-08-03 09:17')] as const;

  it('are put in order, and those out of it counted', () => {
    const checked = checkBars([rows[2], rows[0], rows[1]], minutes);
    expect(checked).toEqual({ good: rows, refused: [], counts: {}, duplicates: 0, outOfOrder: 2, shiftMs: undefined });
  });

  it('that repeat are left out, and those that contradict refused', () => {
    const other = bar('2026-08-03 09:16', { close: 102 });
    const checked = checkBars([rows[0], rows[1], other, rows[1], rows[2]], minutes);
    expect(checked.good).toEqual(rows);
    expect(checked).toMatchObject({ refused: [{ row: 2, reason: 'contradiction' }], duplicates: 1 });
  });

  it('that open inside another are told apart from those that stand alone', () => {
    const options = { calendar: cas, timeframe: '5m' } as const;
    const checked = checkBars([bar('2026-08-03 09:15'), bar('2026-08-03 09:17'), bar('2026-08-03 09:32')], options);
    expect(checked.refused).toEqual([
      { row: 1, reason: 'overlap' },
      { row: 2, reason: 'off-grid' },
    ]);
  });

  it('of one time that are all impossible leave the possible one', () => {
    const zero = bar('2026-08-03 09:16', { low: 0 });
    const checked = checkBars([rows[0], zero, rows[1]], minutes);
    expect(checked.good, 'the impossible one came first and still does not win').toEqual([rows[0], rows[1]]);
  });
});

/** Rows that nobody can trade, at times of the day or of the evening. */
const impossible: fc.Arbitrary<BarRow> = fc.oneof(
  fc
    .record({
      minute: fc.integer({ min: 0, max: 374 }),
      broken: fc.constantFrom<Partial<BarRow>>(
        { low: 0 },
        { high: 1 },
        { close: Number.NaN },
        { volume: -5 },
        { openTime: Number.NaN },
        { open: 1_000 },
      ),
    })
    .map(({ minute, broken }) =>
      bar('2026-07-30 09:15', { openTime: ist('2026-07-30 09:15') + minute * MINUTE_MS, ...broken }),
    ),
  fc
    .integer({ min: 0, max: 400 })
    .map((minute) => bar('2026-07-30 15:31', { openTime: ist('2026-07-30 15:31') + minute * MINUTE_MS })),
  fc
    .integer({ min: 1, max: 59 })
    .map((second) => bar('2026-07-30 10:00', { openTime: ist('2026-07-30 10:00') + second * 1_000 })),
);

describe('good bars', () => {
  const day = dayOf('2026-07-30', '1m');

  it('stay the same, however shuffled and repeated', () => {
    const chosen = fc.subarray(day, { minLength: 1 });
    fc.assert(
      fc.property(
        chosen.chain((kept) =>
          fc.tuple(
            fc.constant(kept),
            fc
              .array(fc.constantFrom(...kept), { maxLength: 40 })
              .chain((copies) => fc.shuffledSubarray([...kept, ...copies], { minLength: kept.length + copies.length })),
          ),
        ),
        ([kept, mixed]) => {
          const checked = checkBars(mixed, minutes);
          expect(checked.good).toEqual(kept);
          expect(checked.refused).toEqual([]);
          expect(checked.duplicates).toBe(mixed.length - kept.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are never lost to impossible ones among them', () => {
    fc.assert(
      fc.property(fc.array(impossible, { maxLength: day.length }), fc.infiniteStream(fc.nat()), (bad, places) => {
        const mixed = [...day];
        for (const row of bad) mixed.splice((places.next().value as number) % (mixed.length + 1), 0, row);
        const checked = checkBars(mixed, minutes);
        expect(checked.good).toEqual(day);
        expect(checked.refused).toHaveLength(bad.length);
        for (const { row } of checked.refused) expect(bad).toContain(mixed[row]);
      }),
      { numRuns: 60 },
    );
  });

  it('are as many as the rows that were not refused', () => {
    const counted = checkBars([...day, ...day.slice(0, 9), bar('2026-07-30 20:00')], minutes);
    expect(counted.good.length + counted.refused.length + counted.duplicates).toBe(day.length + 10);
  });
});
