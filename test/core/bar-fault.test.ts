import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { type Calendar, createCalendar, ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { type BarFault, type BarRow, barFault, checkBars } from '../../src/core/check-bars.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { ist } from '../support/ist.ts';
import { bar, cas, minutes } from './sample-bars.ts';

/** Why the only row was refused. */
function faultOf(row: BarRow, timeframe: Timeframe = '1m', calendar: Calendar = cas): BarFault | undefined {
  const candle = { instrument: 'NSE:INFY' as InstrumentKey, timeframe, ...row, openTime: row.openTime as EpochMs };
  const reason = barFault(candle, calendar);
  const { good, refused } = checkBars([row], { calendar, timeframe });
  expect(refused).toEqual(reason === undefined ? [] : [{ row: 0, reason }]);
  expect(good).toEqual(reason === undefined ? [row] : []);
  return reason;
}

describe('a bar by itself', () => {
  it.each<[string, Partial<BarRow>, BarFault | undefined]>([
    ['flat, without trade', { open: 100, high: 100, low: 100, close: 100, volume: 0 }, undefined],
    ['of an index, without volume', { volume: undefined }, undefined],
    ['with a price that is no number', { close: Number.NaN }, 'not-a-number'],
    ['with a volume that is no number', { volume: Number.NaN }, 'not-a-number'],
    ['at a time that is no number', { openTime: Number.NaN }, 'not-a-number'],
    ['at no time', { openTime: 0 }, 'bad-time'],
    ['at a time without end', { openTime: Number.POSITIVE_INFINITY }, 'bad-time'],
    ['in microseconds', { openTime: ist('2026-08-03 09:15') * 1_000 }, 'bad-time'],
    ['with a price of zero', { low: 0 }, 'bad-price'],
    ['with a price below zero', { open: -1 }, 'bad-price'],
    ['with a price without end', { high: Number.POSITIVE_INFINITY }, 'bad-price'],
    ['whose high is below its low', { high: 98 }, 'high-below-low'],
    ['that opens above its high', { open: 104 }, 'outside-range'],
    ['that closes below its low', { close: 98 }, 'outside-range'],
    ['with a negative volume', { volume: -1 }, 'bad-volume'],
  ])('%s', (_case, fields, reason) => {
    expect(faultOf(bar('2026-08-03 09:15', fields))).toBe(reason);
  });

  it.each<[string, Timeframe, BarFault | undefined]>([
    ['2026-07-31 15:29', '1m', undefined],
    ['2026-08-03 15:14', '1m', undefined],
    ['2026-08-03 15:15', '1m', 'in-auction'],
    ['2026-08-03 15:40', '1m', 'outside-session'],
    ['2026-08-02 10:00', '1m', 'outside-session'],
    ['2026-08-03 10:00:30', '1m', 'off-grid'],
    ['2026-08-03 10:00', '1h', 'off-grid'],
    ['2026-08-03 10:15', '1h', undefined],
    ['2026-08-03 08:15', '1h', 'outside-session'],
    // The bar at the second opening of a two-part day has begun in the pause; the second opening is off its grid.
    ['2024-03-02 11:15', '1h', undefined],
    ['2024-03-02 11:30', '1h', 'off-grid'],
    ['2024-03-02 10:15', '1h', 'outside-session'],
    ['2024-03-02 10:30', '1m', 'outside-session'],
    ['2026-08-03 09:15', '1d', undefined],
    ['2026-08-03 00:00', '1d', 'off-grid'],
    ['2026-08-02 09:15', '1d', 'outside-session'],
    ['2026-08-03 09:15', '1w', undefined],
    ['2026-08-04 09:15', '1w', 'off-grid'],
    ['2026-08-03 09:15', '1mo', undefined],
  ])('that opens at %s as one of %s', (time, timeframe, reason) => {
    expect(faultOf(bar(time), timeframe)).toBe(reason);
  });

  it('may fall into the auction before the day as well', () => {
    const early = createCalendar(
      {
        utcOffsetMinutes: 330,
        covers: { from: '2026-01-01', to: '2026-12-31' },
        hours: [{ segment: 'nse-cash', from: null, continuous: ['09:15', '15:30'], preOpen: ['09:00', '09:15'] }],
        holidays: {},
        special: [],
      },
      'nse-cash',
    );
    expect(faultOf(bar('2026-08-03 09:07'), '1m', early)).toBe('in-auction');
    expect(faultOf(bar('2026-08-03 08:59'), '1m', early)).toBe('outside-session');
  });

  it('may open at any minute of the night where trading never ends', () => {
    expect(faultOf(bar('2026-08-02 03:07'), '1m', ROUND_THE_CLOCK)).toBeUndefined();
  });

  it('is in the future until it has closed', () => {
    const at = (clock: string) =>
      checkBars([bar('2026-08-03 10:00')], { ...minutes, now: ist(`2026-08-03 ${clock}`) }).counts;
    expect(at('09:00')).toEqual({ future: 1 });
    expect(at('10:00:59')).toEqual({ future: 1 });
    expect(at('10:01')).toEqual({});
  });
});
