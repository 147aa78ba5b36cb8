import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, roc } from '../../../src/core/indicators/change.ts';
import { stddev } from '../../../src/core/indicators/stddev.ts';
import { sum } from '../../../src/core/indicators/sum.ts';
import { describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { round, WALK } from './samples.ts';

describe('change and roc', () => {
  it('look back n bars', () => {
    expect(readings(change(2), [10, 11, 12, 9])).toEqual([undefined, undefined, 2, -2]);
    expect(readings(roc(2), [10, 8, 12, 10])).toEqual([undefined, undefined, 20, 25]);
  });

  it("agree with the textbook's figures", () => {
    // StockCharts' ChartSchool, rate of change: twelve-day ROC of these closes, to two decimals.
    const closes = [
      11045.27, 11167.32, 11008.61, 11151.83, 10926.77, 10868.12, 10520.32, 10380.43, 10785.14, 10748.26, 10896.91,
      10782.95, 10620.16, 10625.83, 10510.95, 10444.37, 10068.01, 10193.39, 10066.57, 10043.75,
    ];
    expect(
      readings(roc(12), closes)
        .slice(12)
        .map((value) => round(value, 2)),
    ).toEqual([-3.85, -4.85, -4.52, -6.34, -7.86, -6.21, -4.31, -3.24]);
  });

  it('have no answer in percent of nothing', () => {
    expect(readings(roc(1), [0, 5, 10])).toEqual([undefined, undefined, 100]);
    expect(readings(change(1), [0, 5, 10])).toEqual([undefined, 5, 5]);
  });
});

describe('stddev', () => {
  it("is the population's", () => {
    // The usual example of a standard deviation of 2.
    expect(feed(stddev(8), [99, 2, 4, 4, 4, 5, 5, 7, 9]).value).toBe(2);
  });

  it('is 0 where nothing moves, at any price', () => {
    // A difference of two sums of squares leaves dust here, or the root of a negative number.
    expect(new Set(readings(stddev(5), Array<number>(50).fill(25_731.35)).slice(4))).toEqual(new Set([0]));
  });

  it('keeps its digits beside large numbers', () => {
    const series = Array.from({ length: 40 }, (_, index) => 1e9 + (index % 2) * 0.5);
    expect(feed(stddev(20), series).value).toBe(0.25);
  });
});

describe('sum', () => {
  it('adds up the last n, oldest first', () => {
    const price = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (series, n) => {
        const expected = series.slice(-n).reduce((total, number) => total + number, 0);
        expect(feed(sum(n), series).value).toBe(series.length < n ? undefined : expected);
      }),
    );
  });
});

describe.each([
  ['Change', change],
  ['ROC', roc],
  ['Standard deviation', stddev],
  ['Sum', sum],
])('%s', (name, make) => {
  it.each([0, -1, 2.5, Number.NaN])('refuses a period of %s', (bad) => {
    expect(() => make(bad)).toThrow(RangeError);
    expect(() => make(bad)).toThrow(name);
  });
});

describeIndicator('change(5)', change(5), { warmup: 6, inputs: WALK });
describeIndicator('roc(5)', roc(5), { warmup: 6, inputs: WALK });
describeIndicator('stddev(5)', stddev(5), { warmup: 5, inputs: WALK });
describeIndicator('sum(5)', sum(5), { warmup: 5, inputs: WALK });
