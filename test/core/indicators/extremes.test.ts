import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { donchian } from '../../../src/core/indicators/donchian.ts';
import { highest, lowest } from '../../../src/core/indicators/extremes.ts';
import { bar, describeIndicator, readings } from '../../support/indicator-contract.ts';
import { BARS, WALK } from './samples.ts';

const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 80 });
const period = fc.integer({ min: 1, max: 12 });

describe('highest and lowest', () => {
  it('tell the extremes of the last n', () => {
    const closes = [3, 5, 4, 4, 2, 1, 6];
    expect(readings(highest(3), closes)).toEqual([undefined, undefined, 5, 5, 4, 4, 6]);
    expect(readings(lowest(3), closes)).toEqual([undefined, undefined, 3, 4, 2, 1, 1]);
  });

  it('with period 1 are the number itself', () => {
    expect(readings(highest(1), [3, 5, 4])).toEqual([3, 5, 4]);
    expect(readings(lowest(1), [3, 5, 4])).toEqual([3, 5, 4]);
  });

  it('are those of the last n, whatever came before', () => {
    fc.assert(
      fc.property(numbers, period, (series, n) => {
        const windows = series.map((_, index) => (index + 1 < n ? undefined : series.slice(index + 1 - n, index + 1)));
        expect(readings(highest(n), series)).toEqual(windows.map((window) => window && Math.max(...window)));
        expect(readings(lowest(n), series)).toEqual(windows.map((window) => window && Math.min(...window)));
      }),
    );
  });

  it('are not spoiled by previews, in whatever order they come', () => {
    fc.assert(
      fc.property(numbers, numbers, period, (series, others, n) => {
        let now = highest(n);
        const seen = series.map((number) => {
          for (const other of others) now.next(other).next(other);
          now = now.next(number);
          return now.value;
        });
        expect(seen).toEqual(readings(highest(n), series));
      }),
    );
  });

  it('bear a thousand bars that only fall', () => {
    const falling = Array.from({ length: 3_000 }, (_, index) => -index);
    expect(readings(highest(1_000), falling).at(-1)).toBe(-2_000);
  });
});

describe('donchian', () => {
  it('is as wide as the highs and lows of the last n bars', () => {
    const course = [bar(10, 8, 9), bar(12, 9, 11), bar(11, 7, 8), bar(9, 8, 9)];
    expect(readings(donchian(2), course)).toEqual([
      undefined,
      { upper: 12, lower: 8, mid: 10 },
      { upper: 12, lower: 7, mid: 9.5 },
      { upper: 11, lower: 7, mid: 9 },
    ]);
  });
});

describe.each([
  ['Highest', highest],
  ['Lowest', lowest],
  ['Highest', donchian],
])('%s', (name, make) => {
  it.each([0, -1, 2.5, Number.NaN])('refuses a period of %s', (bad) => {
    expect(() => make(bad)).toThrow(RangeError);
    expect(() => make(bad)).toThrow(name);
  });
});

describeIndicator('highest(5)', highest(5), { warmup: 5, inputs: WALK });
describeIndicator('lowest(5)', lowest(5), { warmup: 5, inputs: WALK });
describeIndicator('donchian(5)', donchian(5), { warmup: 5, inputs: BARS });
