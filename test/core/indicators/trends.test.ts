import { describe, expect, it } from 'vitest';
import { adx, adxTalib } from '../../../src/core/indicators/adx.ts';
import { bollinger } from '../../../src/core/indicators/bollinger.ts';
import { directionalMovement } from '../../../src/core/indicators/directional-movement.ts';
import { macd, macdTalib } from '../../../src/core/indicators/macd.ts';
import { bar, describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { BARS, round, WALK } from './samples.ts';

describe('macd', () => {
  const rounded = (
    values: ReturnType<typeof readings<{ line: number; signal: unknown; histogram: unknown }, number>>,
  ) =>
    values.map(
      (value) =>
        value && [value.line, value.signal, value.histogram].map((part) => round(part as number | undefined, 6)),
    );

  it('is fast less slow, with a signal that comes later', () => {
    // EMA 2: 1.5 2.5 3.5 6.5 from the second close on; EMA 3: 2 3 5.5 from the third on.
    expect(rounded(readings(macd(2, 3, 2), [1, 2, 3, 4, 8]))).toEqual([
      undefined,
      undefined,
      [0.5, undefined, undefined],
      [0.5, 0.5, 0],
      [1, 0.833333, 0.166667],
    ]);
  });

  it("seeds the fast average beside the slow one in TA-Lib's form, and speaks when all is there", () => {
    // Fast 3.5 (the mean of 4 and 3), 3.8333, 6.6111; slow 2.6667, 3.3333, 5.6667.
    expect(rounded(readings(macdTalib(2, 3, 2), [1, 4, 3, 4, 8]))).toEqual([
      undefined,
      undefined,
      undefined,
      [0.5, 0.666667, -0.166667],
      [0.944444, 0.851852, 0.092593],
    ]);
  });

  it.each([macd, macdTalib])('refuses periods it cannot honour', (make) => {
    expect(() => make(26, 12, 9)).toThrow('fast period below the slow one');
    expect(() => make(12, 12, 9)).toThrow(RangeError);
    expect(() => make(0, 12, 9)).toThrow(RangeError);
    expect(() => make(12, 26, 0)).toThrow(RangeError);
  });
});

describe('bollinger', () => {
  it('reaches two population deviations to each side', () => {
    expect(feed(bollinger(8, 2), [2, 4, 4, 4, 5, 5, 7, 9]).value).toEqual({ upper: 9, mid: 5, lower: 1 });
  });

  it('closes up where the price stands still', () => {
    expect(feed(bollinger(3, 2), [7, 7, 7]).value).toEqual({ upper: 7, mid: 7, lower: 7 });
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s deviations', (deviations) => {
    expect(() => bollinger(20, deviations)).toThrow(RangeError);
  });
});

describe('directional movement', () => {
  const before = bar(10, 8, 9);
  it.each([
    ['up', bar(12, 9, 11), { plus: 2, minus: 0 }],
    ['down', bar(9, 5, 6), { plus: 0, minus: 3 }],
    ['wider, more upwards', bar(13, 7, 9), { plus: 3, minus: 0 }],
    ['wider by the same', bar(12, 6, 9), { plus: 0, minus: 0 }],
    ['inside', bar(9, 8.5, 9), { plus: 0, minus: 0 }],
  ])('is one-sided: %s', (_case, now, expected) => {
    expect(directionalMovement(now, before)).toEqual(expected);
  });
});

describe('adx', () => {
  // Movements +2 +1 −3 0, true ranges 3 3 5 3.
  const course = [bar(10, 8, 9), bar(12, 9, 11), bar(13, 10, 12), bar(12, 7, 8), bar(11, 8, 10)];
  const rounded = (values: ReturnType<typeof readings<{ plusDi: number; minusDi: number; adx: unknown }, unknown>>) =>
    values.map(
      (value) => value && [value.plusDi, value.minusDi, value.adx].map((part) => round(part as number | undefined, 4)),
    );

  it("averages Wilder's way, each average seeded with the mean", () => {
    expect(rounded(readings(adx(2), course))).toEqual([
      undefined,
      undefined,
      [50, 0, undefined],
      [18.75, 37.5, 66.6667],
      [10.7143, 21.4286, 50],
    ]);
  });

  it("primes sums with one value less in TA-Lib's form", () => {
    expect(rounded(readings(adxTalib(2), course))).toEqual([
      undefined,
      undefined,
      [44.4444, 0, undefined],
      [13.7931, 41.3793, 75],
      [7.5472, 22.6415, 62.5],
    ]);
  });

  it('is unknown where the price has not moved at all', () => {
    const still = Array.from({ length: 10 }, () => bar(5, 5, 5));
    expect(new Set(readings(adx(2), still))).toEqual(new Set([undefined]));
  });

  it('is 0 where the price moved but went nowhere', () => {
    const still = Array.from({ length: 10 }, () => bar(6, 4, 5));
    expect(feed(adx(2), still).value).toEqual({ plusDi: 0, minusDi: 0, adx: 0 });
  });

  it('refuses periods it cannot honour', () => {
    expect(() => adx(0)).toThrow(RangeError);
    expect(() => adxTalib(1)).toThrow(RangeError);
  });
});

describeIndicator('macd(3,5,4)', macd(3, 5, 4), { warmup: 5, inputs: WALK });
describeIndicator('macd_talib(3,5,4)', macdTalib(3, 5, 4), { warmup: 8, inputs: WALK });
describeIndicator('bollinger(20,2)', bollinger(20, 2), { warmup: 20, inputs: WALK });
describeIndicator('adx(7)', adx(7), { warmup: 8, inputs: BARS });
describeIndicator('adx_talib(7)', adxTalib(7), { warmup: 8, inputs: BARS });
