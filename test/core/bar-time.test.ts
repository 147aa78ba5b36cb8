import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt, barCloseTime, onGrid, periodStart } from '../../src/core/bar-time.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { isIntraday, TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const cas = nse('nse-cas');
const span = (open: string, close: string) => ({ openTime: ist(open), closeTime: ist(close) });

/** How many bars a day has, counted by walking from one to the next. */
function barsOf(date: string, timeframe: Timeframe, segment: Segment): number {
  const calendar = nse(segment);
  let count = 0;
  let bar = barAt(ist(`${date} 09:15`), timeframe, calendar);
  for (; bar !== undefined; bar = barAt(bar.closeTime, timeframe, calendar)) count += 1;
  return count;
}

describe('the bar at a time', () => {
  it.each<[string, Timeframe, string, string]>([
    ['2026-07-31 09:15', '1m', '2026-07-31 09:15', '2026-07-31 09:16'],
    ['2026-07-31 09:15:59.999', '1m', '2026-07-31 09:15', '2026-07-31 09:16'],
    ['2026-07-31 10:14', '1h', '2026-07-31 09:15', '2026-07-31 10:15'],
    ['2026-07-31 10:15', '1h', '2026-07-31 10:15', '2026-07-31 11:15'],
    ['2026-07-31 15:29', '1h', '2026-07-31 15:15', '2026-07-31 15:30'],
    ['2026-07-31 14:00', '4h', '2026-07-31 13:15', '2026-07-31 15:30'],
    ['2026-07-31 15:26', '10m', '2026-07-31 15:25', '2026-07-31 15:30'],
    ['2026-07-31 09:15:47', '45s', '2026-07-31 09:15:45', '2026-07-31 09:16:30'],
    ['2026-08-03 15:14', '1h', '2026-08-03 14:15', '2026-08-03 15:15'],
    ['2026-08-03 15:14', '4h', '2026-08-03 13:15', '2026-08-03 15:15'],
    // A two-part day: the grid runs on from the first opening, the bar at the break is not cut.
    ['2024-03-02 09:50', '1h', '2024-03-02 09:15', '2024-03-02 10:15'],
    ['2024-03-02 11:30', '1h', '2024-03-02 11:15', '2024-03-02 12:15'],
    ['2024-03-02 12:20', '1h', '2024-03-02 12:15', '2024-03-02 12:30'],
    // Muhurat has an opening of its own.
    ['2022-10-24 18:20', '10m', '2022-10-24 18:15', '2022-10-24 18:25'],
    ['2022-10-24 18:20', '4h', '2022-10-24 18:15', '2022-10-24 19:15'],
    ['2026-11-23 12:00', '1d', '2026-11-23 09:15', '2026-11-23 15:35'],
    // Tuesday the 24th is a holiday, the week still ends on Friday.
    ['2026-11-23 12:00', '1w', '2026-11-23 09:15', '2026-11-27 15:35'],
    // A Saturday belongs to the week before it, a Muhurat Sunday too.
    ['2024-03-02 12:00', '1w', '2024-02-26 09:15', '2024-03-02 12:30'],
    ['2026-11-08 18:30', '1w', '2026-11-02 09:15', '2026-11-08 19:15'],
    // Monday 2024-01-22 was a holiday: the week begins on Tuesday.
    ['2024-01-25 10:00', '1w', '2024-01-23 09:15', '2024-01-25 15:30'],
    // Good Friday and a weekend end March 2024.
    ['2024-03-02 12:00', '1mo', '2024-03-01 09:15', '2024-03-28 15:30'],
    // The day's bar holds its auctions, and so do those of its week and month.
    ['2026-11-23 09:07', '1d', '2026-11-23 09:15', '2026-11-23 15:35'],
    ['2026-11-23 15:15', '1d', '2026-11-23 09:15', '2026-11-23 15:35'],
    ['2026-11-23 15:34:59.999', '1w', '2026-11-23 09:15', '2026-11-27 15:35'],
    ['2026-11-25 09:00', '1w', '2026-11-23 09:15', '2026-11-27 15:35'],
    ['2026-11-23 15:30', '1mo', '2026-11-02 09:15', '2026-11-30 15:35'],
    // Sunday 2026-02-01 was a budget day.
    ['2026-02-11 12:00', '1mo', '2026-02-01 09:15', '2026-02-27 15:30'],
  ])('%s, %s', (time, timeframe, open, close) => {
    expect(barAt(ist(time), timeframe, cas)).toEqual(span(open, close));
  });

  it.each([
    ['in the pre-open', '2026-11-23 09:14:59.999'],
    ['in the closing auction', '2026-11-23 15:15'],
  ])('there is none within the day %s', (_when, time) => {
    const frames = TIMEFRAMES.filter(isIntraday);
    expect(frames.map((timeframe) => barAt(ist(time), timeframe, cas))).toEqual(frames.map(() => undefined));
  });

  it.each([
    ['before the pre-open', '2026-11-23 08:59:59.999'],
    ['after the closing auction', '2026-11-23 15:35'],
    ['on a holiday', '2026-11-24 11:00'],
    ['on a Saturday', '2026-11-21 11:00'],
    ['between the parts of a day', '2024-03-02 10:30'],
  ])('there is none %s', (_when, time) => {
    expect(TIMEFRAMES.map((timeframe) => barAt(ist(time), timeframe, cas))).toEqual(TIMEFRAMES.map(() => undefined));
  });

  it('follows UTC where the market never closes', () => {
    const time = Date.UTC(2026, 10, 22, 23, 59, 30) as EpochMs;
    expect(barAt(time, '4h', ROUND_THE_CLOCK)?.openTime).toBe(Date.UTC(2026, 10, 22, 20));
    // 2026-11-22 is a Sunday: its week began on Monday the 16th.
    expect(barAt(time, '1w', ROUND_THE_CLOCK)).toEqual({
      openTime: Date.UTC(2026, 10, 16),
      closeTime: Date.UTC(2026, 10, 23),
    });
    expect(barAt(time, '1mo', ROUND_THE_CLOCK)).toEqual({
      openTime: Date.UTC(2026, 10, 1),
      closeTime: Date.UTC(2026, 11, 1),
    });
  });

  it.each<[string, string, Segment, readonly number[]]>([
    ['to 15:15', '2026-11-23', 'nse-cas', [4_320, 360, 36, 12, 6, 3, 2]],
    ['to 15:30', '2026-07-31', 'nse-cas', [4_500, 375, 38, 13, 7, 4, 2]],
    ['to 15:40', '2026-11-23', 'nse-fno', [4_620, 385, 39, 13, 7, 4, 2]],
  ])('counts as many as a day %s has', (_hours, date, segment, expected) => {
    const frames: readonly Timeframe[] = ['5s', '1m', '10m', '30m', '1h', '2h', '4h'];
    expect(frames.map((timeframe) => barsOf(date, timeframe, segment))).toEqual(expected);
  });

  it('holds its time, ends where barCloseTime says, and is the bar of all its moments', () => {
    const from = ist('2023-12-25 00:00');
    const moments = fc.integer({ min: from, max: ist('2026-12-31 23:59') }).map((time) => time as EpochMs);
    fc.assert(
      fc.property(
        moments,
        fc.constantFrom(...TIMEFRAMES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (time, frame, at) => {
          const bar = barAt(time, frame, cas);
          if (bar === undefined) return;
          // In the pre-open the day's bar is yet to open.
          const orders = isIntraday(frame) ? undefined : cas.session(cas.dateOf(time))?.preOpen;
          expect(Math.min(bar.openTime, orders?.open ?? bar.openTime)).toBeLessThanOrEqual(time);
          expect(time).toBeLessThan(bar.closeTime);
          expect(barCloseTime(bar.openTime, frame, cas)).toBe(bar.closeTime);
          const other = Math.floor(bar.openTime + at * (bar.closeTime - 1 - bar.openTime)) as EpochMs;
          expect([bar, undefined]).toContainEqual(barAt(other, frame, cas));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the close of a bar', () => {
  it('is not cut after the session, where a venue may still send bars', () => {
    expect(barCloseTime(ist('2026-08-03 15:15'), '1m', cas)).toBe(ist('2026-08-03 15:16'));
    expect(barCloseTime(ist('2026-08-03 15:15'), '1h', cas)).toBe(ist('2026-08-03 16:15'));
    expect(barCloseTime(ist('2026-11-24 09:15'), '5m', cas)).toBe(ist('2026-11-24 09:20'));
  });
});

describe('the grid', () => {
  it('runs backwards too', () => {
    const anchor = ist('2026-08-03 09:15');
    expect(onGrid(ist('2026-08-03 09:14:59'), anchor, 60_000)).toBe(ist('2026-08-03 09:14'));
    expect(onGrid(anchor, anchor, 60_000)).toBe(anchor);
    expect(onGrid(ist('2026-08-03 09:00'), anchor, 3_600_000)).toBe(ist('2026-08-03 08:15'));
  });
});

describe('the start of a period', () => {
  it.each([
    ['2026-11-21', '1d', '2026-11-21'],
    ['2026-11-21', '1w', '2026-11-16'],
    ['2026-11-16', '1w', '2026-11-16'],
    ['2026-11-22', '1w', '2026-11-16'],
    ['2026-01-01', '1w', '2025-12-29'],
    ['2024-03-02', '1w', '2024-02-26'],
    ['2026-11-30', '1mo', '2026-11-01'],
    ['2024-02-29', '1mo', '2024-02-01'],
  ] as const)('%s, %s', (date, timeframe, start) => {
    expect(periodStart(day(date), timeframe)).toBe(start);
  });
});
