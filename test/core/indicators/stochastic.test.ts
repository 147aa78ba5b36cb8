import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stochastic, stochasticTalib } from '../../../src/core/indicators/stochastic.ts';
import { bar, describeIndicator, feed, readings } from '../../support/indicator-contract.ts';
import { BARS, round } from './samples.ts';

// Ranges of two bars: 8–12, 7–12, 7–11, 9–11; the close stands at 75, 20, 75 and 50 percent of them.
const COURSE = [bar(10, 8, 9), bar(12, 9, 11), bar(11, 7, 8), bar(10, 9, 10), bar(11, 9, 10)];
const rounded = (
  values: readonly ({ readonly k: number; readonly d: number | undefined } | undefined)[],
): readonly unknown[] => values.map((value) => value && [round(value.k, 4), round(value.d, 4)]);

describe('stochastic', () => {
  it('tells where the close stands in the range', () => {
    expect(rounded(readings(stochastic(2, 1, 1), COURSE))).toEqual([undefined, [75, 75], [20, 20], [75, 75], [50, 50]]);
  });

  it('smooths that to %K, and %K to %D, each when it is full', () => {
    expect(rounded(readings(stochastic(2, 2, 2), COURSE))).toEqual([
      undefined,
      undefined,
      [47.5, undefined],
      [47.5, 47.5],
      [62.5, 55],
    ]);
  });

  it("waits for %D in TA-Lib's form", () => {
    expect(rounded(readings(stochasticTalib(2, 2, 2), COURSE))).toEqual([
      undefined,
      undefined,
      undefined,
      [47.5, 47.5],
      [62.5, 55],
    ]);
  });

  it('is 100 at the top of the range and 0 at its bottom', () => {
    expect(feed(stochastic(2, 1, 1), [bar(10, 8, 9), bar(12, 9, 12)]).value?.k).toBe(100);
    expect(feed(stochastic(2, 1, 1), [bar(10, 8, 9), bar(9, 7, 7)]).value?.k).toBe(0);
  });

  it('never leaves 0 to 100, not by a last digit', () => {
    const price = fc.integer({ min: 1, max: 100_000 }).map((paise) => paise / 20);
    fc.assert(
      fc.property(price, price, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const places = [low, high].map((close) => feed(stochastic(1, 1, 1), [bar(high, low, close)]).value?.k);
        expect(places[0]).toBe(low === high ? undefined : 0);
        expect(places[1] ?? 100).toBeLessThanOrEqual(100);
        expect(places[1] ?? 100).toBeCloseTo(100, 12);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is unknown in a window without range, and until its means are full again', () => {
    const still = [bar(10, 10, 10), bar(10, 10, 10)];
    const values = readings(stochastic(2, 2, 1), [...COURSE, ...still, ...COURSE]);
    expect(rounded(values.slice(5))).toEqual([
      // 9–11 and the close at 50 percent; then nothing between 10 and 10.
      [50, 50],
      undefined,
      // A first value after the gap, 8–10 at 50, then two.
      undefined,
      [62.5, 62.5],
      [47.5, 47.5],
      [47.5, 47.5],
      [62.5, 62.5],
    ]);
    expect(new Set(readings(stochastic(2, 1, 1), Array<(typeof still)[number]>(9).fill(bar(5, 5, 5))))).toEqual(
      new Set([undefined]),
    );
  });

  it('remembers nothing from before its windows', () => {
    const still = Array.from({ length: 6 }, () => bar(10, 10, 10));
    const early = readings(stochastic(3, 2, 2), [...BARS.slice(0, 20), ...still, ...BARS.slice(20)]);
    const late = readings(stochastic(3, 2, 2), [...still, ...BARS.slice(20)]);
    expect(early.slice(-46 + 5)).toEqual(late.slice(5));
  });

  it.each([stochastic, stochasticTalib])('refuses periods it cannot honour', (make) => {
    expect(() => make(0, 3, 3)).toThrow(RangeError);
    expect(() => make(14, 0, 3)).toThrow(RangeError);
    expect(() => make(14, 3, 2.5)).toThrow(RangeError);
  });
});

describeIndicator('stochastic(5,3,3)', stochastic(5, 3, 3), { warmup: 7, inputs: BARS });
describeIndicator('stochastic_talib(5,3,3)', stochasticTalib(5, 3, 3), { warmup: 9, inputs: BARS });
