import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { dateAt, IST_OFFSET_MS } from '../../../src/core/calendar-date.ts';
import { parseColumn } from '../../../src/core/indicators/columns.ts';
import { readings } from '../../support/indicator-contract.ts';
import { hasReference, REFERENCE_FILES, readReference } from '../../support/reference-table.ts';

const dayOf = (openTime: number): string => dateAt(openTime as EpochMs, IST_OFFSET_MS);

describe.each(REFERENCE_FILES)('%s', (file) => {
  it.skipIf(!hasReference(file))('every column to 1e-9 (skipped where ../shared/market-data is absent)', () => {
    const { bars, columns } = readReference(file);
    expect(bars.length).toBe(500);
    expect(columns.size).toBe(29);
    for (const [name, expected] of columns) {
      readings(parseColumn(name, dayOf).study, bars).forEach((value, index) => {
        const place = `${name}, row ${index + 1}`;
        const wanted = expected[index];
        // The reference writes 0 where the window never moved; the house says unknown.
        if (name === 'rsi14' && wanted === 0 && value === undefined) return;
        if (wanted === undefined) expect(value, place).toBeUndefined();
        else expect(Math.abs((value ?? Number.NaN) - wanted), place).toBeLessThanOrEqual(1e-9);
      });
    }
  });
});
