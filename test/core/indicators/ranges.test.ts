import { describe, expect, it } from 'vitest';
import { atr, atrTalib } from '../../../src/core/indicators/atr.ts';
import type { Bar } from '../../../src/core/indicators/indicator.ts';
import { supertrend } from '../../../src/core/indicators/supertrend.ts';
import { trueRange } from '../../../src/core/indicators/true-range.ts';
import { vwap } from '../../../src/core/indicators/vwap.ts';
import { bar, describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { BARS } from './samples.ts';

describe('true range', () => {
  it.each([
    ['the bar itself', bar(12, 9, 10), 11, 3],
    ['a gap up', bar(15, 14, 14), 10, 5],
    ['a gap down', bar(7, 6, 6.5), 10, 4],
    ['no bar before', bar(12, 9, 10), undefined, 3],
  ])('covers %s', (_case, now, previousClose, expected) => {
    expect(trueRange(now, previousClose)).toBe(expected);
  });
});

// True ranges 2, 2, 3, 5 and 1.
const bars = [bar(10, 8, 9), bar(11, 9, 10), bar(13, 10, 12), bar(12, 7, 8), bar(9, 8, 9)];

describe('atr', () => {
  it('averages the true ranges of all bars', () => {
    const values = readings(atr(3), bars);
    expect(values.slice(0, 2)).toEqual([undefined, undefined]);
    expect(values[2]).toBeCloseTo(7 / 3, 12);
    expect(values[3]).toBeCloseTo(29 / 9, 12);
    expect(values[4]).toBeCloseTo(67 / 27, 12);
  });

  it("leaves the first bar out in TA-Lib's form", () => {
    const values = readings(atrTalib(3), bars);
    expect(values.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(values[3]).toBeCloseTo(10 / 3, 12);
    expect(values[4]).toBeCloseTo(23 / 9, 12);
  });

  it('is 0, and known, where nothing moved', () => {
    expect(feed(atr(2), [bar(5, 5, 5), bar(5, 5, 5)]).value).toBe(0);
  });
});

describe('supertrend', () => {
  it('carries its bands, and turns when a close crosses one', () => {
    // ATR(2) 2, 3, 2.5, 3.25 around middles of 10, 13, 14, 12.
    const course = [bar(10, 8, 9), bar(11, 9, 10), bar(14, 12, 13.5), bar(15, 13, 14), bar(14, 10, 11)];
    expect(readings(supertrend(2, 1), course)).toEqual([
      undefined,
      { line: 12, direction: -1 },
      { line: 10, direction: 1 },
      { line: 11.5, direction: 1 },
      { line: 15.25, direction: -1 },
    ]);
  });

  it('keeps the line below the close in an up trend, above it in a down trend', () => {
    readings(supertrend(3, 1.2), BARS).forEach((value, index) => {
      if (value === undefined) return;
      const close = BARS[index]?.close ?? Number.NaN;
      expect(Math.sign(close - value.line) * value.direction, `bar ${index}`).toBeGreaterThanOrEqual(0);
    });
    const directions = new Set(readings(supertrend(3, 1.2), BARS).map((value) => value?.direction));
    expect(directions, 'the sample must turn').toEqual(new Set([undefined, 1, -1]));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a factor of %s', (factor) => {
    expect(() => supertrend(10, factor)).toThrow(RangeError);
  });
});

describe('vwap', () => {
  const dayOf = (openTime: number): string => String(Math.floor(openTime / 100));
  // Typical prices 10, 13 and 20.
  const at = (openTime: number, top: number, volume: number | undefined): Bar =>
    bar(top, top - 3, top - 3, { openTime, volume });

  it('weighs typical prices by volume, afresh each day', () => {
    const course = [at(0, 12, 100), at(60, 15, 200), at(100, 22, 10), at(160, 12, 10)];
    expect(readings(vwap(dayOf), course)).toEqual([10, 12, 20, 15]);
  });

  it('is unknown until something is traded that day', () => {
    const course = [at(0, 12, 0), at(10, 12, 5), at(20, 15, 0), at(100, 12, 0)];
    expect(readings(vwap(dayOf), course)).toEqual([undefined, 10, 10, undefined]);
  });

  it('is unknown for an instrument without volume', () => {
    expect(readings(vwap(dayOf), [at(0, 12, undefined), at(10, 15, undefined)])).toEqual([undefined, undefined]);
  });
});

describeIndicator('atr(14)', atr(14), { warmup: 14, inputs: BARS });
describeIndicator('atr_talib(14)', atrTalib(14), { warmup: 15, inputs: BARS });
describeIndicator('supertrend(10,3)', supertrend(10, 3), { warmup: 10, inputs: BARS });
describeIndicator(
  'vwap',
  vwap(() => 'one day'),
  { warmup: 1, inputs: BARS },
);
