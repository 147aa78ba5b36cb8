import { describe, expect, it } from 'vitest';
import { formatChange, formatPrice } from '../../src/renderer/src/format/price.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { formatQuantity } from '../../src/renderer/src/format/quantity.ts';

const coin = priceStyleOf({ segment: '24x7', priceDecimals: 1 });

describe('money that is no rupees', () => {
  it.each([
    ['24x7', 1, 1_234_567.8, '1,234,567.8'],
    ['fx', 5, 1.08425, '1.08425'],
    ['us', 2, 229.5, '229.50'],
    ['moex', 2, 123_456, '123,456.00'],
    ['nse-cas', 2, 123_456, '1,23,456.00'],
    ['nse-index', 2, 1_234_567, '12,34,567.00'],
  ] as const)('of %s is grouped as its market groups it', (segment, priceDecimals, price, text) => {
    expect(formatPrice(price, priceStyleOf({ segment, priceDecimals }))).toBe(text);
  });

  it('keeps its grouping in a difference', () => {
    expect(formatChange(-123_456.78, coin)).toBe('\u2212123,456.8');
  });

  it('is one object for one style, so that nothing is drawn anew for it', () => {
    expect(priceStyleOf({ segment: '24x7', priceDecimals: 1 })).toBe(coin);
    expect(priceStyleOf({ segment: 'fx', priceDecimals: 1 })).toBe(coin);
    expect(priceStyleOf({ segment: '24x7', priceDecimals: 2 })).not.toBe(coin);
  });

  it.each([
    [0, '0'],
    [0.00421, '0.0042'],
    [3.24159, '3.24'],
    [8_640.5, '8,641'],
    [999_999, '1.00 M'],
    [1_240_000, '1.24 M'],
    [2_500_000_000, '2.50 B'],
    [undefined, '–'],
  ])('counts a quantity of %s as %s', (quantity, text) => {
    expect(formatQuantity(quantity, 'western')).toBe(text);
  });
});
