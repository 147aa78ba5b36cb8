import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_DRAWN,
  newestWindow,
  slideWindow,
  windowAfterAppend,
  windowAfterPrepend,
} from '../../src/renderer/src/features/chart/bar-window.ts';

describe('the window of bars that is drawn', () => {
  it('begins with the newest', () => {
    expect(newestWindow(600)).toEqual({ from: 0, to: 600 });
    expect(newestWindow(7_000)).toEqual({ from: 2_000, to: 7_000 });
  });

  it('takes in a page of older bars while there is room', () => {
    expect(windowAfterPrepend({ from: 0, to: 600 }, 1_000)).toEqual({ from: 0, to: 1_600 });
  });

  it('gives up newer bars for older ones when it is full', () => {
    expect(windowAfterPrepend({ from: 0, to: 4_600 }, 1_000)).toEqual({ from: 0, to: 5_000 });
  });

  it('follows the newest bar, and drops old ones when it is full', () => {
    expect(windowAfterAppend({ from: 0, to: 600 }, 601)).toEqual({ from: 0, to: 601 });
    const next = windowAfterAppend({ from: 0, to: MOST_DRAWN }, MOST_DRAWN + 1);
    expect(next.to).toBe(MOST_DRAWN + 1);
    expect(next.from, 'many at once, so that it is not drawn anew at every bar').toBeGreaterThan(1_000);
  });

  it('moves where one scrolls, and rests in between', () => {
    const window = { from: 2_000, to: 7_000 };
    expect(slideWindow(window, { from: 4_000, to: 4_200 }, 9_000)).toEqual(window);
    expect(slideWindow(window, { from: 2_010, to: 2_200 }, 9_000)).toEqual({ from: 500, to: 5_500 });
    expect(slideWindow(window, { from: 6_800, to: 7_000 }, 9_000)).toEqual({ from: 3_500, to: 8_500 });
    expect(slideWindow(window, { from: 6_800, to: 7_000 }, 7_000), 'nothing newer').toEqual(window);
  });

  it('never holds more than can be drawn, and always what is seen', () => {
    const length = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(length, fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 20 }), (first, pages) => {
        let window = newestWindow(first);
        let total = first;
        for (const page of pages) {
          total += page;
          window = windowAfterPrepend(window, page);
          expect(window.to - window.from).toBeLessThanOrEqual(MOST_DRAWN);
          expect(window.from).toBeGreaterThanOrEqual(0);
          expect(window.to).toBeLessThanOrEqual(total);
          const seen = { from: window.from, to: Math.min(window.to, window.from + 200) };
          const slid = slideWindow(window, seen, total);
          expect(slid.to - slid.from).toBeLessThanOrEqual(MOST_DRAWN);
          expect(slid.from <= seen.from && slid.to >= seen.to, 'what is in view stays drawn').toBe(true);
        }
      }),
    );
  });
});
