import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_OUTCOME } from '../../../src/core/outcome/grade.ts';
import { scoreboardOf, wilson } from '../../../src/core/outcome/scoreboard.ts';

const NONE = { count: 0, gains: 0 };
const NO_DRAWS = { after5: NONE, after15: NONE, after60: NONE, atClose: NONE };

describe("Wilson's interval", () => {
  it('gives the published values', () => {
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for (const [hits, count, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = wilson(hits, count);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });

  it('holds the share, and grows narrower with the count', () => {
    const share = fc.integer({ min: 1, max: 5_000 }).chain((count) => fc.tuple(fc.nat(count), fc.constant(count)));
    fc.assert(
      fc.property(share, ([hits, count]) => {
        const { low, high } = wilson(hits, count);
        const more = wilson(hits * 4, count * 4);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / count + 1e-12);
        expect(high).toBeGreaterThanOrEqual(hits / count - 1e-12);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});

describe('a scoreboard', () => {
  it('counts what is known of each moment, and only gains as hits', () => {
    const board = scoreboardOf([
      { outcome: { ...NO_OUTCOME, after5: 1, atClose: 2, best: 3, worst: -1 } },
      { outcome: { ...NO_OUTCOME, after5: 0, atClose: -4, best: 1, worst: -5 } },
      { outcome: { ...NO_OUTCOME, after5: -4 } },
      { outcome: NO_OUTCOME },
    ]);
    expect(board.count).toBe(4);
    expect(board.after5).toEqual({ count: 3, hits: 1, rate: 1 / 3, ...wilson(1, 3), random: undefined, mean: -1 });
    expect(board.atClose).toMatchObject({ count: 2, hits: 1, mean: -1 });
    expect([board.best, board.worst]).toEqual([2, -3]);
  });

  it('says nothing of nothing', () => {
    const { after5, best, worst, count } = scoreboardOf([]);
    expect({ best, worst, count }).toEqual({ best: undefined, worst: undefined, count: 0 });
    const none = { rate: undefined, low: undefined, high: undefined, random: undefined, mean: undefined };
    expect(after5).toEqual({ count: 0, hits: 0, ...none });
  });

  it('compares with the draws of those signals whose moment is known', () => {
    const random = { ...NO_DRAWS, after5: { count: 20, gains: 5 }, atClose: { count: 20, gains: 20 } };
    const other = { ...NO_DRAWS, after5: { count: 20, gains: 15 } };
    const board = scoreboardOf([
      { outcome: { ...NO_OUTCOME, after5: 1 }, random },
      { outcome: { ...NO_OUTCOME, after5: 1, atClose: 1 }, random: other },
    ]);
    expect(board.after5.random).toBe(0.5);
    expect(board.atClose.random, 'the first knows no close, the second drew none').toBeUndefined();
  });
});
