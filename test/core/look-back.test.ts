import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { FX } from '../../src/core/calendar-fx.ts';
import { historyWindow, lookBack } from '../../src/core/look-back.ts';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();

/** Sessions from the look-back's first to the one of `now`, both counted. */
function sessions(from: EpochMs, now: EpochMs): number {
  let count = 0;
  for (let date = calendar.dateOf(from); date <= calendar.dateOf(now); date = addDays(date, 1))
    if (calendar.session(date) !== undefined) count += 1;
  return count;
}

type Row = readonly [timeframe: Timeframe, from: string, to: string];

/**
 * Where 200 bars lie, worked out by hand with the exchange's list of 2026:
 * sessions a month, newest first: Nov to the 20th 15 (14 and the Muhurat of Sunday the 8th; the 10th is a holiday),
 * Oct 20 (without 2, 20), Sep 21 (14), Aug 21, Jul 23, Jun 21 (26), May 19 (1, 28), Apr 20 (3, 14), Mar 19 (3, 26, 31),
 * Feb 21 (with Sunday the 1st), Jan 20 (15, 26), Dec 2025 22 (25), Nov 19 (5), Oct: the Muhurat of the 21st counts, the
 * 22nd is a holiday. Bars a session: 375 minutes until July, 360 since August, the Muhurat 75.
 */
const TABLE: readonly (readonly [string, readonly Row[]])[] = [
  [
    // A Friday and the end of July, at the close: week and month are complete.
    '2026-07-31 15:30',
    [
      ['5s', '2026-07-31', '2026-07-31 15:30'], // 4,500 a session
      ['10s', '2026-07-31', '2026-07-31 15:30'], // 2,250
      ['15s', '2026-07-31', '2026-07-31 15:30'], // 1,500
      ['30s', '2026-07-31', '2026-07-31 15:30'], // 750
      ['45s', '2026-07-31', '2026-07-31 15:30'], // 500
      ['1m', '2026-07-31', '2026-07-31 15:30'], // 375
      ['3m', '2026-07-30', '2026-07-31 15:30'], // 125: 2 sessions
      ['5m', '2026-07-29', '2026-07-31 15:30'], // 75: 3
      ['10m', '2026-07-24', '2026-07-31 15:30'], // 38: 6, five are 190
      ['15m', '2026-07-22', '2026-07-31 15:30'], // 25: 8, exactly 200
      ['30m', '2026-07-10', '2026-07-31 15:30'], // 13: 16, fifteen are 195
      ['1h', '2026-06-22', '2026-07-31 15:30'], // 7: 29, of June 30 29 25 24 23 22
      ['2h', '2026-05-21', '2026-07-31 15:30'], // 4: 50 = 23 + 21 + 6, of May 29 27 26 25 22 21
      ['4h', '2026-03-05', '2026-07-31 15:30'], // 2: 100 = 23 + 21 + 19 + 20 + 17 of March
      ['1d', '2025-10-09', '2026-07-31 15:30'], // 184 to November 2025, and 16 of October
      ['1w', '2022-10-03', '2026-07-31 15:30'], // 199 weeks before Monday 27 July
      ['1mo', '2009-12-01', '2026-07-31 15:30'], // 16 years and 7 months before July
    ],
  ],
  [
    // A Thursday at noon, 165 minutes into the session; thirteen sessions of August are over.
    '2026-08-20 12:00',
    [
      ['5s', '2026-08-20', '2026-08-20 12:00'], // 1,980 today
      ['10s', '2026-08-20', '2026-08-20 12:00'], // 990
      ['15s', '2026-08-20', '2026-08-20 12:00'], // 660
      ['30s', '2026-08-20', '2026-08-20 12:00'], // 330
      ['45s', '2026-08-20', '2026-08-20 12:00'], // 220
      ['1m', '2026-08-19', '2026-08-20 12:00'], // 165 + 360
      ['3m', '2026-08-18', '2026-08-20 12:00'], // 55 + 2 × 120
      ['5m', '2026-08-17', '2026-08-20 12:00'], // 33 + 3 × 72
      ['10m', '2026-08-12', '2026-08-20 11:55'], // 16 + 6 × 36, five are 196
      ['15m', '2026-08-10', '2026-08-20 12:00'], // 11 + 8 × 24
      ['30m', '2026-07-29', '2026-08-20 11:45'], // 5 + 13 × 12 + 3 × 13 = 200
      ['1h', '2026-07-08', '2026-08-20 11:15'], // 2 + 13 × 6 + 18 × 7
      ['2h', '2026-06-05', '2026-08-20 11:15'], // 1 + 13 × 3 + 40 × 4 = 200: 23 of July, 17 of June
      ['4h', '2026-03-24', '2026-08-19 15:15'], // none today, 13 × 2 + 87 × 2 = 200: 83 to April, 30 27 25 24 March
      ['1d', '2025-10-29', '2026-08-19 15:35'], // 13 + 184, and 31 30 29 October
      ['1w', '2022-10-17', '2026-08-14 15:35'], // 199 weeks before Monday 10 August
      ['1mo', '2009-12-01', '2026-07-31 15:30'], // July again
    ],
  ],
  [
    // A Friday after the closing auction. Nine sessions lie between it and the Muhurat: 20 to 16, 13 to 11, 9.
    '2026-11-20 16:00',
    [
      ['5s', '2026-11-20', '2026-11-20 15:15'], // 4,320
      ['10s', '2026-11-20', '2026-11-20 15:15'], // 2,160
      ['15s', '2026-11-20', '2026-11-20 15:15'], // 1,440
      ['30s', '2026-11-20', '2026-11-20 15:15'], // 720
      ['45s', '2026-11-20', '2026-11-20 15:15'], // 480
      ['1m', '2026-11-20', '2026-11-20 15:15'], // 360
      ['3m', '2026-11-19', '2026-11-20 15:15'], // 120: 2
      ['5m', '2026-11-18', '2026-11-20 15:15'], // 72: 3
      ['10m', '2026-11-13', '2026-11-20 15:15'], // 36: 6, five are 180
      ['15m', '2026-11-09', '2026-11-20 15:15'], // 24: 9, over the holiday
      ['30m', '2026-10-28', '2026-11-20 15:15'], // 9 × 12 + 3 + 8 × 12
      ['1h', '2026-10-05', '2026-11-20 15:15'], // 9 × 6 + 2 + 24 × 6 = 200: 34 sessions
      ['2h', '2026-08-14', '2026-11-20 15:15'], // 9 × 3 + 1 + 58 × 3: 5 + 20 + 21, and 12 of August
      ['4h', '2026-06-30', '2026-11-20 15:15'], // 9 × 2 + 1 + 67 × 2 + 24 × 2: July and a day of June
      ['1d', '2026-02-01', '2026-11-20 15:35'], // 15+20+21+21+23+21+19+20+19+21 = 200
      ['1w', '2023-01-23', '2026-11-20 15:35'], // 199 weeks before Monday 16 November
      ['1mo', '2010-03-01', '2026-10-30 15:35'], // 16 years and 7 months before October
    ],
  ],
];

describe('the window of 200 bars', () => {
  it.each(TABLE)('at %s, on all timeframes of the screen', (now, rows) => {
    expect(rows.map(([timeframe]) => timeframe)).toEqual(SCREEN_TIMEFRAMES);
    const windows = rows.map(([timeframe]) => historyWindow(calendar, timeframe, 200, ist(now)));
    expect(windows).toEqual(rows.map(([, from, to]) => ({ from: ist(`${from} 09:15`), to: ist(to) })));
  });

  it.each([
    ['six a day since the closing auction', '2026-10-30 15:30', 34],
    ['a Muhurat among them', '2026-11-20 16:00', 34],
    ['seven a day before', '2026-07-31 15:30', 29],
  ])('of an hour has %s', (_case, now, expected) => {
    expect(sessions(historyWindow(calendar, '1h', 200, ist(now)).from, ist(now))).toBe(expected);
  });
});

// EMA 200 forgets its seed to a ten-thousandth in 922 bars.
describe('the window of 922 bars', () => {
  it.each<[Timeframe, string, string]>([
    ['1h', '2026-07-31 15:30', '2026-01-19'], // 132 × 7: 123 to February, and 9 of January
    ['1h', '2026-08-20 12:00', '2026-02-03'], // 2 + 78 + 121 × 7: 102 to March, and 19 of February
    ['1h', '2026-11-20 16:00', '2026-04-27'], // 76 × 6 + 2 + 67 × 7: 63 to May, and 30 29 28 27 April
    ['5m', '2026-11-20 16:00', '2026-11-03'], // 9 × 72 + 15 + 4 × 72
  ])('of %s at %s begins on %s', (timeframe, now, from) => {
    expect(historyWindow(calendar, timeframe, 922, ist(now)).from).toBe(ist(`${from} 09:15`));
  });
});

describe('the window', () => {
  it.each<[string, Timeframe, string, string]>([
    ['the day in the closing auction is not complete', '1d', '2026-11-20 15:34:59.999', '2026-11-19 15:35'],
    ['and is at its end', '1d', '2026-11-20 15:35', '2026-11-20 15:35'],
    ['a bar is complete at its close', '5m', '2026-11-20 09:20', '2026-11-20 09:20'],
    ['and not a moment before', '5m', '2026-11-20 09:19:59.999', '2026-11-19 15:15'],
    ['before the open the last session counts', '1m', '2026-11-25 08:00', '2026-11-23 15:15'],
    ['on a Sunday before its evening session too', '1m', '2026-11-08 12:00', '2026-11-06 15:15'],
    ['a pause has no bars', '5m', '2024-03-02 11:20', '2024-03-02 10:00'],
    ['a bar may reach into it', '1h', '2024-03-02 10:14', '2024-03-01 15:30'],
    ['and is complete there', '1h', '2024-03-02 10:20', '2024-03-02 10:15'],
    ['a week ends with its last session', '1w', '2026-11-08 19:14', '2026-10-30 15:35'],
    ['be it on a Sunday', '1w', '2026-11-08 19:15', '2026-11-08 19:15'],
  ])('ends with the last complete bar: %s', (_case, timeframe, now, to) => {
    expect(historyWindow(calendar, timeframe, 1, ist(now)).to).toBe(ist(to));
  });

  it('counts the bars of a two-part day that hold trading', () => {
    // 45 + 60 minutes: 21 bars of five minutes, and 75 on the Friday before.
    const now = ist('2024-03-02 12:30');
    expect(historyWindow(calendar, '5m', 21, now).from).toBe(ist('2024-03-02 09:15'));
    expect(historyWindow(calendar, '5m', 22, now).from).toBe(ist('2024-03-01 09:15'));
    // 09:15, 11:15 and 12:15: none lies in the pause alone.
    expect(historyWindow(calendar, '1h', 3, now).from).toBe(ist('2024-03-02 09:15'));
    expect(historyWindow(calendar, '1h', 4, now).from).toBe(ist('2024-03-01 09:15'));
  });

  it('is that of every day where the market never closes, and of weekdays for currencies', () => {
    const sunday = Date.UTC(2026, 10, 22, 12) as EpochMs;
    expect(historyWindow(ROUND_THE_CLOCK, '1h', 36, sunday)).toEqual({ from: Date.UTC(2026, 10, 21), to: sunday });
    // New York's winter: Thursday's close is Friday's open, 22:00 UTC.
    expect(historyWindow(FX, '1h', 24, sunday)).toEqual({
      from: Date.UTC(2026, 10, 19, 22),
      to: Date.UTC(2026, 10, 20, 22),
    });
  });

  it('is empty where there was never a session', () => {
    const shut = { ...calendar, session: () => undefined };
    const now = ist('2026-11-20 12:00');
    expect(historyWindow(shut, '1h', 200, now)).toEqual({ from: now, to: now });
  });
});

describe('lookBack', () => {
  it('counts only bars that have closed', () => {
    expect(lookBack(calendar, '1h', 2, ist('2026-07-31T11:20'))).toBe(ist('2026-07-31T09:15'));
    expect(lookBack(calendar, '1h', 3, ist('2026-07-31T11:20'))).toBe(ist('2026-07-30T09:15'));
  });

  it('passes over a weekend and a holiday', () => {
    expect(lookBack(calendar, '1d', 1, ist('2026-11-25T10:00')), 'the 24th is a holiday').toBe(ist('2026-11-23T09:15'));
  });
});
