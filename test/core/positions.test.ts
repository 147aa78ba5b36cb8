import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { divide, moneyOf, numberOf, stepsOf } from '../../src/core/exact-money.ts';
import {
  addFill,
  averageOf,
  type Fill,
  type Holding,
  NOTHING_HELD,
  quantityOf,
  unrealisedAt,
} from '../../src/core/positions.ts';

const fill = (side: Fill['side'], quantity: number, price: number, at = 1): Fill => ({
  ...{ side, quantity, price },
  at: at as EpochMs,
});
const heldAfter = (...fills: readonly Fill[]): Holding => fills.reduce(addFill, NOTHING_HELD);
const told = (holding: Holding) => ({
  quantity: quantityOf(holding),
  average: averageOf(holding),
  realised: moneyOf(holding.realised),
});

describe('what is held', () => {
  it('is nothing at first', () => {
    expect(told(NOTHING_HELD)).toEqual({ quantity: 0, average: undefined, realised: 0 });
  });

  // Worked out by hand.
  it.each<[string, Fill[], ReturnType<typeof told>]>([
    ['a purchase', [fill('buy', 10, 1_412.35)], { quantity: 10, average: 1_412.35, realised: 0 }],
    ['a short sale', [fill('sell', 10, 1_412.35)], { quantity: -10, average: 1_412.35, realised: 0 }],
    [
      'a profit',
      [fill('buy', 10, 100.05), fill('sell', 10, 101.1)],
      { quantity: 0, average: undefined, realised: 10.5 },
    ],
    [
      'a loss of a short',
      [fill('sell', 3, 0.1), fill('buy', 3, 0.3)],
      { quantity: 0, average: undefined, realised: -0.6 },
    ],
    ['a part sold', [fill('buy', 10, 100), fill('sell', 4, 110)], { quantity: 6, average: 100, realised: 40 }],
    ['two purchases', [fill('buy', 10, 100), fill('buy', 30, 104)], { quantity: 40, average: 103, realised: 0 }],
    ['turned around', [fill('buy', 10, 100), fill('sell', 25, 110)], { quantity: -15, average: 110, realised: 100 }],
    [
      'parts of a coin',
      [fill('buy', 0.3, 0.1), fill('sell', 0.1, 0.4)],
      { quantity: 0.2, average: 0.1, realised: 0.03 },
    ],
  ])('after %s', (_what, fills, expected) => {
    expect(told(heldAfter(...fills))).toEqual(expected);
  });

  it('is worth what its price says, to the cent', () => {
    expect(unrealisedAt(heldAfter(fill('buy', 3, 0.1)), 0.3)).toBe(0.6);
    expect(unrealisedAt(heldAfter(fill('sell', 3, 0.1)), 0.3)).toBe(-0.6);
    expect(unrealisedAt(NOTHING_HELD, 99)).toBe(0);
  });

  it('says since when: adding keeps the time, turning around sets it', () => {
    expect(heldAfter(fill('buy', 1, 1, 5), fill('buy', 1, 1, 6)).openedAt).toBe(5);
    expect(heldAfter(fill('buy', 2, 1, 5), fill('sell', 1, 1, 6)).openedAt).toBe(5);
    expect(heldAfter(fill('buy', 2, 1, 5), fill('sell', 3, 1, 6)).openedAt).toBe(6);
    expect(heldAfter(fill('buy', 2, 1, 5), fill('sell', 2, 1, 6)).openedAt).toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21])('refuses a price of %d', (price) => {
    expect(() => addFill(NOTHING_HELD, fill('buy', 1, price))).toThrow(RangeError);
  });
});

describe('profit and loss of any fills', () => {
  /** Prices in paise and whole shares, so that the other side of the equation is plain whole numbers. */
  const anyFill = fc.record({
    side: fc.constantFrom<Fill['side']>('buy', 'sell'),
    shares: fc.integer({ min: 1, max: 10_000 }),
    paise: fc.integer({ min: 1, max: 100_000_000 }),
  });

  it('is the money that came in less what went out, and what is held at its price', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { maxLength: 40 }), fc.integer({ min: 1, max: 100_000_000 }), (fills, paise) => {
        let [cash, shares] = [0n, 0n];
        for (const each of fills) {
          const signed = BigInt(each.side === 'buy' ? each.shares : -each.shares);
          cash -= signed * BigInt(each.paise);
          shares += signed;
        }
        const holding = heldAfter(...fills.map((each) => fill(each.side, each.shares, each.paise / 100)));
        const total = holding.realised + (holding.quantity * stepsOf(paise / 100) - holding.cost);
        // A paisa is 10¹⁴ steps of 10⁻¹⁶.
        expect(total).toBe((cash + shares * BigInt(paise)) * 10n ** 14n);
        expect(quantityOf(holding)).toBe(Number(shares));
        expect(holding.realised).toBe(holding.cash + holding.cost);
      }),
    );
  });

  it('costs nothing where nothing is held, and has the sign of what is', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { maxLength: 40 }), (fills) => {
        const { quantity, cost } = heldAfter(...fills.map((each) => fill(each.side, each.shares, each.paise / 100)));
        if (quantity === 0n) expect(cost).toBe(0n);
        else expect(cost > 0n).toBe(quantity > 0n);
      }),
    );
  });
});

describe('exact money', () => {
  it('takes a number to eight decimals and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (steps) => {
        expect(stepsOf(numberOf(BigInt(steps)))).toBe(BigInt(steps));
      }),
    );
  });

  it.each([
    [7n, 2n, 4n],
    [-7n, 2n, -4n],
    [7n, 3n, 2n],
    [-8n, 3n, -3n],
    [0n, 5n, 0n],
  ])('divides %d by %d to the nearest', (dividend, divisor, expected) => {
    expect(divide(dividend, divisor)).toBe(expected);
  });
});
