import { describe, expect, it } from 'vitest';
import { decimalsOf, readCount, readQuotation } from '../../../src/main/brokers/tinvest/quotation.ts';
import { readTime } from '../../../src/main/brokers/tinvest/timestamp.ts';

describe('a quotation', () => {
  it.each([
    [{ units: '114', nano: 250_000_000 }, 114.25],
    [{ units: '-200', nano: -200_000_000 }, -200.2],
    [{ units: '-0', nano: -10_000_000 }, -0.01],
    [{ units: '250', nano: 70_000_000 }, 250.07],
    [{ nano: 500_000_000 }, 0.5],
    [{ units: '7' }, 7],
    [{}, 0],
    [{ units: 7 }, 7],
    [{ units: '9223372036854775807', nano: 999_999_999 }, 2 ** 63],
    [{ units: '12345678', nano: 90_000_000 }, 12_345_678.09],
    [{ units: '-12345678', nano: -90_000_000 }, -12_345_678.09],
  ])('%j is %d', (parts, value) => {
    expect(readQuotation(parts)).toBe(value);
  });

  it('agrees with the decimal it is written as, for every price on a grid', () => {
    for (let cents = 0; cents < 20_000; cents += 1) {
      const text = (cents / 100).toFixed(2);
      const [units, fraction = ''] = text.split('.');
      expect(readQuotation({ units, nano: Number(fraction.padEnd(9, '0')) })).toBe(Number(text));
    }
  });

  it.each([
    [null],
    ['5'],
    [[]],
    [{ units: '1.5' }],
    [{ units: '' }],
    [{ units: '1e3' }],
    [{ units: '99999999999999999999' }],
    [{ units: '1', nano: 1_000_000_000 }],
    [{ units: '1', nano: 0.5 }],
    [{ units: '1', nano: '5' }],
    [{ units: '1', nano: -5 }],
    [{ units: '-1', nano: 5 }],
  ])('%j is none', (value) => {
    expect(readQuotation(value)).toBeUndefined();
  });

  it('says how many decimals a price step has', () => {
    expect([1, 0.5, 0.01, 0.005, 0.000_025, 1e-9].map(decimalsOf)).toEqual([0, 1, 2, 3, 6, 9]);
  });
});

describe('a count', () => {
  it.each([
    ['200', 200],
    [undefined, 0],
    [5, 5],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    [Number.NaN, undefined],
    [{}, undefined],
  ])('%j reads as %j', (value, count) => {
    expect(readCount(value)).toBe(count);
  });
});

describe('a time stamp', () => {
  it.each([
    ['2024-04-11T08:49:14.974035911Z', 1_712_825_354_974],
    ['2024-04-11T08:49:14Z', 1_712_825_354_000],
    ['2024-04-11T08:49:14.9Z', 1_712_825_354_900],
    ['2024-04-11T08:49:14+00:00', 1_712_825_354_000],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ])('%s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each([
    ['2023-02-29T00:00:00Z'],
    ['2024-13-01T00:00:00Z'],
    ['2024-01-00T00:00:00Z'],
    ['2024-01-01T24:00:00Z'],
    ['2024-01-01T00:60:00Z'],
    ['2024-01-01T00:00:00'],
    ['2024-01-01T00:00:00.1234567890Z'],
    ['2024-01-01T03:00:00+03:00'],
    [''],
    [5],
    [null],
  ])('%j is none', (value) => {
    expect(readTime(value)).toBeUndefined();
  });
});
