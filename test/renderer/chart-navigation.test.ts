import { describe, expect, it } from 'vitest';
import { pressKey } from '../../src/renderer/src/features/chart/chart-navigation.ts';
import type { VisibleRows } from '../../src/renderer/src/features/chart/visible-span.ts';

/** A chart of 600 bars that shows 100 of them. */
function chart(rows: VisibleRows = { from: 300, to: 400 }) {
  let shown = rows;
  let fitted = 0;
  const view = {
    rows: () => shown,
    setRows(next: VisibleRows) {
      shown = next;
    },
    mostRows: () => 700,
    fitPrices() {
      fitted += 1;
    },
  };
  const keys = { view, length: () => 600, usualRows: () => ({ from: 485, to: 605 }) };
  const press = (key: string, shiftKey = false): boolean => pressKey({ key, shiftKey }, keys);
  return { press, shown: () => shown, fitted: () => fitted };
}

describe('keys of the chart', () => {
  it.each([
    ['ArrowLeft', false, { from: 290, to: 390 }],
    ['ArrowRight', false, { from: 310, to: 410 }],
    ['ArrowLeft', true, { from: 210, to: 310 }],
    ['PageDown', false, { from: 390, to: 490 }],
    ['Home', false, { from: 0, to: 100 }],
    ['End', false, { from: 505, to: 605 }],
    ['+', false, { from: 310, to: 390 }],
    ['-', false, { from: 287.5, to: 412.5 }],
  ])('%s (shift %s) moves the view', (key, shift, rows) => {
    const { press, shown } = chart();
    expect(press(key, shift)).toBe(true);
    expect(shown()).toEqual(rows);
  });

  it('stops where half of the view would be empty', () => {
    const { press, shown } = chart();
    for (let times = 0; times < 20; times += 1) press('PageDown');
    expect(shown()).toEqual({ from: 550, to: 650 });
    for (let times = 0; times < 20; times += 1) press('PageUp');
    expect(shown()).toEqual({ from: -50, to: 50 });
  });

  it('zooms about the newest bar where it is in view', () => {
    const { press, shown } = chart({ from: 505, to: 605 });
    press('+');
    expect(shown()).toEqual({ from: 525, to: 605 });
  });

  it('zooms no further than can be seen', () => {
    const { press, shown } = chart({ from: 0, to: 12 });
    press('+');
    expect(shown().to - shown().from).toBe(10);
    for (let times = 0; times < 40; times += 1) press('-');
    expect(shown().to - shown().from).toBe(700);
  });

  it('goes back to the usual view with R, prices included', () => {
    const { press, shown, fitted } = chart();
    press('r');
    expect(shown()).toEqual({ from: 485, to: 605 });
    expect(fitted()).toBe(1);
  });

  it('leaves other keys to others', () => {
    expect(chart().press('5')).toBe(false);
    expect(chart().press('h')).toBe(false);
  });
});
