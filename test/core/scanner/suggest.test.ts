import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/core/scanner/suggest.ts';
import { OPENING_WORDS, OPERATOR_WORDS } from '../../../src/core/scanner/vocabulary.ts';

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['ema', '', 3],
    ['ema', 'ema', 0],
    ['emaa', 'ema', 1],
    ['eam', 'ema', 1],
    ['croses', 'crosses', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('%s and %s: %d', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it('is the same both ways, 0 only of the same, and at most the longer length', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = editDistance(one, other);
        expect(editDistance(other, one)).toBe(distance);
        expect(distance === 0).toBe(one === other);
        expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });
});

describe('the word that was probably meant', () => {
  it.each([
    ['cloes', 'close'],
    ['Volum', 'volume'],
    ['supertrned', 'supertrend'],
    ['boll', 'bollinger'],
    ['stochastics', 'stochastic'],
    ['ltp', 'close'],
    ['avg', 'sma'],
    ['rsii', 'rsi'],
  ])('%s: %s', (word, meant) => {
    expect(nearest(word, OPENING_WORDS)).toBe(meant);
  });

  it.each([['banana'], ['x'], [''], ['q'.repeat(2_000)]])('%s: none', (word) => {
    expect(nearest(word, OPENING_WORDS)).toBeUndefined();
    expect(nearest(word, OPERATOR_WORDS)).toBeUndefined();
  });
});
