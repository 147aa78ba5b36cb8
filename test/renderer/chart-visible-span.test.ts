import { describe, expect, it } from 'vitest';
import {
  afterAppend,
  barsToLoad,
  ROOM,
  rowsFor,
  spanOf,
  USUAL_ROWS,
} from '../../src/renderer/src/features/chart/visible-span.ts';

const LIMITS = { fewest: 10, most: 300 };
/** Bars of `length` from 0 on. */
function bars(count: number, length: number) {
  return Array.from({ length: count }, (_one, index) => ({ openTime: index * length }));
}

describe('the visible span', () => {
  it('opens on the newest bars, with some room on the right', () => {
    const rows = rowsFor(bars(600, 5), undefined, LIMITS);
    expect(rows).toEqual({ from: 599 + ROOM - USUAL_ROWS, to: 599 + ROOM });
  });

  it('is told in time', () => {
    expect(spanOf(bars(100, 5), { from: 40, to: 60 })).toEqual({ from: 200, to: 300, atLatest: false, room: 0 });
    expect(spanOf(bars(100, 5), { from: 40.4, to: 104 })).toEqual({ from: 205, to: 495, atLatest: true, room: 5 });
    expect(spanOf([], { from: 0, to: 5 })).toBeUndefined();
    expect(spanOf(bars(10, 5), { from: -30, to: -5 }), 'beside all bars').toBeUndefined();
  });

  it('shows the same time on finer and on coarser bars', () => {
    const span = spanOf(bars(100, 5), { from: 40, to: 60 });
    expect(rowsFor(bars(500, 1), span, LIMITS), 'five times as many bars').toEqual({ from: 200, to: 300 });
    expect(rowsFor(bars(250, 2), span, LIMITS)).toEqual({ from: 100, to: 150 });
  });

  it('moves along with the newest bar, however many come at once, and stays where that is not in view', () => {
    expect(afterAppend({ from: -14, to: 105 }, 100, 400)).toEqual({ from: 286, to: 405 });
    expect(afterAppend({ from: 20, to: 60 }, 100, 400)).toEqual({ from: 20, to: 60 });
    expect(afterAppend({ from: 20, to: 105 }, 100, 100)).toEqual({ from: 20, to: 105 });
  });

  it('stays at the newest bar where it was', () => {
    const span = spanOf(bars(100, 5), { from: 60, to: 104 });
    const rows = rowsFor(bars(496, 1), span, LIMITS);
    expect(rows).toEqual({ from: 300 + 5, to: 495 + 5 });
  });

  it('shows no fewer bars than tell something, and no more than fit', () => {
    const span = spanOf(bars(100, 5), { from: 60, to: 80 });
    const coarse = rowsFor(bars(5, 100), span, LIMITS);
    expect(coarse.to - coarse.from).toBe(LIMITS.fewest);
    const fine = rowsFor(bars(5_000, 0.1), span, LIMITS);
    expect(fine.to - fine.from).toBe(LIMITS.most);
  });

  it('shows the newest bars where none reach back that far', () => {
    const bygone = { from: 0, to: 500, atLatest: false, room: 0 };
    const later = bars(200, 5).map(({ openTime }) => ({ openTime: openTime + 1_000 }));
    expect(rowsFor(later, bygone, LIMITS)).toEqual(rowsFor(later, undefined, LIMITS));
  });

  it('loads enough bars to reach back to its beginning', () => {
    expect(barsToLoad(undefined, 1_000, 1, 600, 2_400)).toBe(600);
    expect(barsToLoad(900, 1_000, 1, 600, 2_400)).toBe(600);
    expect(barsToLoad(0, 1_000, 1, 600, 2_400)).toBe(1_050);
    expect(barsToLoad(0, 1e9, 1, 600, 2_400)).toBe(2_400);
  });
});
