import { describe, expect, it } from 'vitest';
import { tidyQuantity } from '../../src/core/tidy-quantity.ts';

describe('a sum of quantities', () => {
  it.each([
    [0.1 + 0.2, 0.3],
    [0.0333 * 3, 0.0999],
    [0.1 + 0.7, 0.8],
    [1_234_567.1 + 0.2, 1_234_567.3],
    [0.00000001 + 0.00000002, 0.00000003],
  ])('of %s is %s', (sum, tidy) => expect(tidyQuantity(sum)).toBe(tidy));

  it('that is whole, unknown or too large stays as it is', () => {
    for (const sum of [0, 7, 2 ** 53, 3_000_000_000, 123_456_789.25, 1e15 + 0.5]) expect(tidyQuantity(sum)).toBe(sum);
    expect(tidyQuantity(Number.NaN)).toBeNaN();
  });
});
