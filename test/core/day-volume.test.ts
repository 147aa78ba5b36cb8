import { describe, expect, it } from 'vitest';
import { VolumeMeter } from '../../src/core/day-volume.ts';

const traded = (...totals: readonly (number | undefined)[]) => {
  const meter = new VolumeMeter();
  return totals.map((total) => meter.next(total, '2026-01-05'));
};

describe('VolumeMeter', () => {
  it('counts what was traded since the last look', () => {
    expect(traded(1_000, 1_010, 1_010, 1_035)).toEqual([0, 10, 0, 25]);
  });

  it('counts nothing twice when a total comes late or twice', () => {
    expect(traded(1_000, 1_100, 1_050, 1_100, 1_150)).toEqual([0, 100, 0, 0, 50]);
  });

  it('starts anew when the venue does', () => {
    expect(traded(1_000, 3, 10)).toEqual([0, 0, 7]);
  });

  it('takes a lone zero for a glitch', () => {
    expect(traded(1_000, 0, 1_010)).toEqual([0, 0, 10]);
  });

  it('keeps the unknown unknown', () => {
    expect(traded(undefined, undefined)).toEqual([undefined, undefined]);
  });

  it('gives the first bar of a day nothing of the day before, nor of the hours it did not see', () => {
    const meter = new VolumeMeter();
    meter.next(9_000, '2026-01-05');
    expect(meter.next(700, '2026-01-06')).toBe(0);
    expect(meter.next(750, '2026-01-06')).toBe(50);
  });
});
