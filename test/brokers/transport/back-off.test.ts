import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../../src/main/brokers/transport/back-off.ts';

describe('backOffMs', () => {
  it('doubles from one second to a minute', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((failures) => backOffMs(failures, () => 0.5));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('is spread by at most a fifth, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, jitter) => {
        const exact = backOffMs(failures, () => 0.5);
        const spread = backOffMs(failures, () => jitter);
        expect(spread).toBeGreaterThanOrEqual(Math.floor(exact * 0.8));
        expect(spread).toBeLessThanOrEqual(Math.ceil(exact * 1.2));
      }),
    );
  });
});
