import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/core/brand.ts';
import { checkBars } from '../../src/core/check-bars.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { ist } from '../support/ist.ts';
import { dayOf, GOOD, minutes } from './sample-bars.ts';

describe('a day in the wrong zone', () => {
  const shifted = (hours: number, date: string, timeframe: Timeframe = '1m') =>
    dayOf(date, timeframe).map((row) => ({ ...row, openTime: row.openTime + hours * HOUR_MS }));

  it.each([
    ["India's clock written as UTC", 5.5, '2026-07-30'],
    ["India's clock written as UTC, in the hours since August 2026", 5.5, '2026-08-04'],
    ['UTC taken for the clock of India', -5.5, '2026-07-30'],
    ["New York's winter clock", -10.5, '2026-07-30'],
  ])('(%s) is refused whole, and the shift is named', (_case, hours, date) => {
    const checked = checkBars(shifted(hours, date), minutes);
    expect(checked.good).toEqual([]);
    expect(checked.counts).toEqual({ 'wrong-zone': dayOf(date, '1m').length });
    expect(checked.shiftMs).toBe(-hours * HOUR_MS);
  });

  it.each([0.5, -0.5, 1, -1, 2, -2, 3, -3])('by %s hours is told by all rows fitting where they belong', (hours) => {
    for (const date of ['2026-07-30', '2026-08-04']) {
      const whole = shifted(hours, date);
      const checked = checkBars(whole, minutes);
      expect(checked).toMatchObject({ good: [], shiftMs: -hours * HOUR_MS, counts: { 'wrong-zone': whole.length } });
      // A few minutes in which nobody traded hide nothing.
      expect(
        checkBars(
          whole.filter((_, row) => row % 25 !== 7),
          minutes,
        ).good,
      ).toEqual([]);
      const fives = checkBars(shifted(hours, '2026-07-30', '5m'), { ...minutes, timeframe: '5m' });
      expect(fives.good, 'five minutes as well').toEqual([]);
    }
  });

  it.each([
    ['that began late', (minute: number) => minute >= 60],
    ['that ended early', (minute: number) => minute < 240],
    ['with a pause', (minute: number) => minute < 100 || minute > 200],
    ['that began half an hour late and has its closing auction', (minute: number) => minute >= 30],
  ])('is no honest day %s', (_case, kept) => {
    const start = ist('2026-08-04 09:15');
    const all = Array.from({ length: 380 }, (_, minute) => ({ ...GOOD, openTime: start + minute * MINUTE_MS }));
    const honest = all.filter((_, minute) => kept(minute));
    const { counts, good } = checkBars(honest, minutes);
    expect(counts['wrong-zone']).toBeUndefined();
    expect(good).toEqual(honest.filter(({ openTime }) => openTime < ist('2026-08-04 15:15')));
  });

  it('by an hour, of which much is lost, cannot be told from a day with rows too many', () => {
    const part = shifted(1, '2026-07-30').slice(60);
    expect(checkBars(part, minutes).counts).toEqual({ 'outside-session': 60 });
  });

  it('leaves other days of the file alone', () => {
    const fine = dayOf('2026-07-29', '1m');
    const checked = checkBars([...fine, ...shifted(5.5, '2026-07-30')], minutes);
    expect(checked.good).toEqual(fine);
    expect(checked.counts).toEqual({ 'wrong-zone': 375 });
  });

  it('is not suspected of rows before and after trading', () => {
    const times = Array.from({ length: 40 }, (_, index) => ist('2026-07-30 15:40') + index * MINUTE_MS);
    const after = times.map((openTime) => ({ openTime, ...GOOD }));
    const fine = dayOf('2026-07-30', '1m');
    const checked = checkBars([...fine, ...after], minutes);
    expect(checked.good).toEqual(fine);
    expect(checked.counts).toEqual({ 'outside-session': 40 });
  });
});
