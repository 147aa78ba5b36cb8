import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rsi } from '../../../src/core/indicators/rsi.ts';
import { describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { RSI_CLOSES, round, WALK } from './samples.ts';

describe('rsi', () => {
  it("agrees with the textbook's figures", () => {
    const shown = readings(rsi(14), RSI_CLOSES).map((value) => round(value, 2));
    expect(shown.slice(0, 14)).toEqual(Array(14).fill(undefined));
    expect(shown.slice(14)).toEqual([70.53, 66.32, 66.55, 69.41, 66.36, 57.97]);
  });

  it('can be checked by hand', () => {
    // Changes +2 −1 +3 −4: gains 1, 2, 1 and losses ½, ¼, 17/8 after the second, third and fourth.
    const [first, second, third] = readings(rsi(2), [10, 12, 11, 14, 10]).slice(2);
    expect(first).toBeCloseTo(100 * (1 / 1.5), 12);
    expect(second).toBeCloseTo(100 * (2 / 2.25), 12);
    expect(third).toBeCloseTo(100 * (1 / 3.125), 12);
  });

  it.each([
    ['100 when it never falls', [1, 2, 3], 100],
    ['0 when it never rises', [3, 2, 1], 0],
    ['100 when flat but for one rise', [2, 2, 3], 100],
  ])('reads %s', (_case, closes, expected) => {
    expect(feed(rsi(2), closes).value).toBe(expected);
  });

  it('has no reading for a window that never moved, and one as soon as it moves', () => {
    expect(readings(rsi(3), [7, 7, 7, 7, 7, 7, 6.5])).toEqual([...Array(6).fill(undefined), 0]);
  });

  it('stays between 0 and 100', () => {
    const closes = fc.array(fc.double({ min: 0.05, max: 100_000, noNaN: true }), { minLength: 3, maxLength: 80 });
    fc.assert(
      fc.property(closes, fc.integer({ min: 1, max: 20 }), (series, n) => {
        for (const value of readings(rsi(n), series)) {
          if (value !== undefined) expect(value >= 0 && value <= 100).toBe(true);
        }
      }),
    );
  });

  it('turns round when the price does', () => {
    const closes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 16, maxLength: 60 });
    fc.assert(
      fc.property(closes, (series) => {
        const up = feed(rsi(14), series).value;
        const down = feed(
          rsi(14),
          series.map((close) => 2_000 - close),
        ).value;
        if (up === undefined || down === undefined) expect(up).toBe(down);
        else expect(up + down).toBeCloseTo(100, 9);
      }),
    );
  });

  it('refuses a period it cannot honour', () => {
    expect(() => rsi(0)).toThrow(RangeError);
    expect(() => rsi(1.5)).toThrow('RSI needs a whole number of bars');
  });
});

describeIndicator('rsi(14)', rsi(14), { warmup: 15, inputs: WALK });
