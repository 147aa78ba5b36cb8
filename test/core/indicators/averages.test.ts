import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ema } from '../../../src/core/indicators/ema.ts';
import { emaFirst } from '../../../src/core/indicators/ema-first.ts';
import { rma } from '../../../src/core/indicators/rma.ts';
import { sma } from '../../../src/core/indicators/sma.ts';
import { describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { round, WALK } from './samples.ts';

const price = fc.double({ min: 0.05, max: 100_000, noNaN: true });
const prices = fc.array(price, { minLength: 1, maxLength: 80 });
const period = fc.integer({ min: 1, max: 30 });

describe('ema', () => {
  it('starts from the simple mean, then smooths', () => {
    expect(readings(ema(3), [1, 2, 3, 4, 8])).toEqual([undefined, undefined, 2, 3, 5.5]);
  });

  it("agrees with the textbook's figures", () => {
    // StockCharts' ChartSchool, moving averages: ten-day EMA of these closes, to two decimals.
    const closes = [
      22.2734, 22.194, 22.0847, 22.1741, 22.184, 22.1344, 22.2337, 22.4323, 22.2436, 22.2933, 22.1542, 22.3926, 22.3816,
      22.6109, 23.3558, 24.0519, 23.753, 23.8324, 23.9516, 23.6338,
    ];
    const shown = readings(ema(10), closes).slice(9);
    expect(shown.map((value) => round(value, 2))).toEqual([
      22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.8, 22.97, 23.13, 23.28, 23.34,
    ]);
  });

  it('adds the smoothed difference, in that very arithmetic', () => {
    // The twin αx + (1 − α)e gives another last digit for this close.
    const close = 1003.35;
    const ours = feed(ema(9), [...Array<number>(9).fill(1000), close]).value;
    expect(ours).toBe(1000 + 0.2 * (close - 1000));
    expect(ours).not.toBe(0.2 * close + 0.8 * 1000);
  });

  it('never leaves the range of its inputs', () => {
    fc.assert(
      fc.property(prices, period, (closes, n) => {
        const [least, most] = [Math.min(...closes), Math.max(...closes)];
        const slack = most * 1e-12;
        for (const value of readings(ema(n), closes)) {
          if (value !== undefined) expect(value >= least - slack && value <= most + slack).toBe(true);
        }
      }),
    );
  });

  it('with period 1 is the close itself', () => {
    expect(readings(ema(1), [3, 5, 4])).toEqual([3, 5, 4]);
  });
});

describe('ema_first', () => {
  it('starts from the first close', () => {
    expect(readings(emaFirst(3), [1, 2, 3, 4, 8])).toEqual([1, 1.5, 2.25, 3.125, 5.5625]);
  });

  it('forgets its seed', () => {
    const closes = Array.from({ length: 200 }, (_, index) => WALK[index % WALK.length] ?? 0);
    const [ours, theirs] = [feed(ema(9), closes).value, feed(emaFirst(9), closes).value];
    expect(ours).toBeCloseTo(theirs ?? Number.NaN, 10);
  });
});

describe('rma', () => {
  it('gives each new input one part in n', () => {
    expect(readings(rma(4), [1, 2, 3, 6, 7, 0])).toEqual([undefined, undefined, undefined, 3, 4, 3]);
  });
});

describe('sma', () => {
  it("agrees with the textbook's figures", () => {
    expect(readings(sma(5), [11, 12, 13, 14, 15, 16, 17]).slice(4)).toEqual([13, 14, 15]);
  });

  it('is the mean of the last n, wherever the data began', () => {
    fc.assert(
      fc.property(prices, period, (closes, n) => {
        const last = closes.slice(-n);
        const mean = last.reduce((sum, close) => sum + close, 0) / n;
        expect(feed(sma(n), closes).value).toBe(closes.length < n ? undefined : mean);
      }),
    );
  });

  it('does not drift over a long series', () => {
    const closes = Array.from(
      { length: 20_000 },
      (_, index) => 1e9 * ((index * 7) % 3) + (WALK[index % 60] ?? 0) * 0.1,
    );
    const last = closes.slice(-20);
    expect(feed(sma(20), closes).value).toBe(last.reduce((sum, close) => sum + close, 0) / 20);
  });
});

describe.each([
  ['EMA', ema],
  ['EMA', emaFirst],
  ['RMA', rma],
  ['SMA', sma],
])('%s', (name, make) => {
  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a period of %s', (bad) => {
    expect(() => make(bad)).toThrow(RangeError);
    expect(() => make(bad)).toThrow(name);
  });
});

describeIndicator('ema(5)', ema(5), { warmup: 5, inputs: WALK });
describeIndicator('ema_first(5)', emaFirst(5), { warmup: 1, inputs: WALK });
describeIndicator('rma(5)', rma(5), { warmup: 5, inputs: WALK });
describeIndicator('sma(5)', sma(5), { warmup: 5, inputs: WALK });
