import { describe, expect, it } from 'vitest';
import { COMPARISONS, type Truth } from '../../../src/core/scanner/expression.ts';
import { both, codeOf, compared, either, opposite, truthOf } from '../../../src/core/scanner/truth.ts';

const T = true;
const F = false;
const U = undefined;

describe('three-valued logic', () => {
  it.each<[Truth, Truth, Truth, Truth]>([
    [T, T, T, T],
    [T, F, F, T],
    [T, U, U, T],
    [F, T, F, T],
    [F, F, F, F],
    [F, U, F, U],
    [U, T, U, T],
    [U, F, F, U],
    [U, U, U, U],
  ])('of %s and %s: and is %s, or is %s', (left, right, and, or) => {
    expect(truthOf(both(codeOf(left), codeOf(right)))).toBe(and);
    expect(truthOf(either(codeOf(left), codeOf(right)))).toBe(or);
  });

  it.each<[Truth, Truth]>([
    [T, F],
    [F, T],
    [U, U],
  ])('not %s is %s', (truth, not) => {
    expect(truthOf(opposite(codeOf(truth)))).toBe(not);
  });
});

describe('a comparison', () => {
  it.each([
    [1, 2, [F, F, T, T, F, T]],
    [2, 2, [F, T, F, T, T, F]],
    [2, 1, [T, T, F, F, F, T]],
    [Number.NaN, 1, [U, U, U, U, U, U]],
    [1, Number.NaN, [U, U, U, U, U, U]],
    [Number.NaN, Number.NaN, [U, U, U, U, U, U]],
  ])('of %s and %s', (left, right, truths) => {
    expect(COMPARISONS.map((op) => truthOf(compared(op, left, right)))).toEqual(truths);
  });
});
