import type { Segment } from '../../src/core/instrument.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { type BarTableLine, barTable } from '../support/bar-table.ts';

/**
 * Days whose bars were worked out by hand from the exchange's hours: a bar opens at the session's open and every
 * length after it, the last one ends with the session.
 */
export interface GoldenDay {
  readonly name: string;
  readonly date: string;
  readonly segments: readonly Segment[];
  readonly table: readonly BarTableLine[];
  /** Where the long bars open. */
  readonly opens: Readonly<Partial<Record<Timeframe, string>>>;
}

// 09:15 to 15:30 are 375 minutes, 22,500 seconds.
//   45 s: 22,500 / 45 = 500       10 m: 37.5, so 38, the last one 15:25 to 15:30
//   30 m: 12.5, so 13, the last one 15:15 to 15:30       1 h: 6.25, so 7, the last one the same
//   2 h: 3.125, so 4, the last one the same              4 h: 1.56, so 2, the last one 13:15 to 15:30
const to1530 = `
  5s   4500  09:15:00  15:29:55  15:30:00
  10s  2250  09:15:00  15:29:50  15:30:00
  15s  1500  09:15:00  15:29:45  15:30:00
  30s   750  09:15:00  15:29:30  15:30:00
  45s   500  09:15:00  15:29:15  15:30:00
  1m    375  09:15:00  15:29:00  15:30:00
  3m    125  09:15:00  15:27:00  15:30:00
  5m     75  09:15:00  15:25:00  15:30:00
  10m    38  09:15:00  15:25:00  15:30:00
  15m    25  09:15:00  15:15:00  15:30:00
  30m    13  09:15:00  15:15:00  15:30:00
  1h      7  09:15:00  15:15:00  15:30:00
  2h      4  09:15:00  15:15:00  15:30:00
  4h      2  09:15:00  13:15:00  15:30:00`;
const OPENS_TO_1530 = {
  '30m': '09:15 09:45 10:15 10:45 11:15 11:45 12:15 12:45 13:15 13:45 14:15 14:45 15:15',
  '1h': '09:15 10:15 11:15 12:15 13:15 14:15 15:15',
  '2h': '09:15 11:15 13:15 15:15',
  '4h': '09:15 13:15',
};

// 09:15 to 15:15 are 360 minutes, 21,600 seconds: every length but 4 h divides them, and that one leaves 13:15 to 15:15.
const to1515 = `
  5s   4320  09:15:00  15:14:55  15:15:00
  10s  2160  09:15:00  15:14:50  15:15:00
  15s  1440  09:15:00  15:14:45  15:15:00
  30s   720  09:15:00  15:14:30  15:15:00
  45s   480  09:15:00  15:14:15  15:15:00
  1m    360  09:15:00  15:14:00  15:15:00
  3m    120  09:15:00  15:12:00  15:15:00
  5m     72  09:15:00  15:10:00  15:15:00
  10m    36  09:15:00  15:05:00  15:15:00
  15m    24  09:15:00  15:00:00  15:15:00
  30m    12  09:15:00  14:45:00  15:15:00
  1h      6  09:15:00  14:15:00  15:15:00
  2h      3  09:15:00  13:15:00  15:15:00
  4h      2  09:15:00  13:15:00  15:15:00`;

// 09:15 to 15:40 are 385 minutes, 23,100 seconds.
//   45 s: 513.3, so 514, the last one 513 * 45 s = 6 h 24 m 45 s after 09:15: 15:39:45 to 15:40
//   3 m: 128.3, so 129, the last one 15:39 to 15:40      10 m: 38.5, so 39, from 15:35
//   15 m: 25.7, so 26, from 15:30      30 m: 12.8, so 13, from 15:15, as are the 7 of 1 h and the 4 of 2 h
const to1540 = `
  5s   4620  09:15:00  15:39:55  15:40:00
  10s  2310  09:15:00  15:39:50  15:40:00
  15s  1540  09:15:00  15:39:45  15:40:00
  30s   770  09:15:00  15:39:30  15:40:00
  45s   514  09:15:00  15:39:45  15:40:00
  1m    385  09:15:00  15:39:00  15:40:00
  3m    129  09:15:00  15:39:00  15:40:00
  5m     77  09:15:00  15:35:00  15:40:00
  10m    39  09:15:00  15:35:00  15:40:00
  15m    26  09:15:00  15:30:00  15:40:00
  30m    13  09:15:00  15:15:00  15:40:00
  1h      7  09:15:00  15:15:00  15:40:00
  2h      4  09:15:00  15:15:00  15:40:00
  4h      2  09:15:00  13:15:00  15:40:00`;

// 18:00 to 19:15 are 75 minutes, 4,500 seconds.
//   10 m: 7.5, so 8, the last one 19:10 to 19:15      30 m: 2.5, so 3, from 19:00
//   1 h: 1.25, so 2, from 19:00      2 h and 4 h: one, cut short
const muhurat = `
  5s    900  18:00:00  19:14:55  19:15:00
  10s   450  18:00:00  19:14:50  19:15:00
  15s   300  18:00:00  19:14:45  19:15:00
  30s   150  18:00:00  19:14:30  19:15:00
  45s   100  18:00:00  19:14:15  19:15:00
  1m     75  18:00:00  19:14:00  19:15:00
  3m     25  18:00:00  19:12:00  19:15:00
  5m     15  18:00:00  19:10:00  19:15:00
  10m     8  18:00:00  19:10:00  19:15:00
  15m     5  18:00:00  19:00:00  19:15:00
  30m     3  18:00:00  19:00:00  19:15:00
  1h      2  18:00:00  19:00:00  19:15:00
  2h      1  18:00:00  18:00:00  19:15:00
  4h      1  18:00:00  18:00:00  19:15:00`;

// 09:15 to 10:00 and 11:30 to 12:30: 45 and 60 minutes on one grid from 09:15. 11:30 is 135 minutes after it.
//   to 5 m and 15 m: 45 and 135 divide, so no bar lies over the pause: 45 s 60 + 80, 3 m 15 + 20, 5 m 9 + 12, 15 m 3 + 4
//   10 m: 5 from 09:15 (09:55 is cut) and 7 from 11:25 (135 = 13 * 10 + 5), the last 12:25 to 12:30
//   30 m: 09:15, 09:45, then 11:15 (holds 11:30 to 11:45), 11:45, 12:15
//   1 h: 09:15, then 11:15, 12:15      2 h: 09:15, 11:15      4 h: one over both parts
const twoParts = `
  5s   1260  09:15:00  12:29:55  12:30:00
  10s   630  09:15:00  12:29:50  12:30:00
  15s   420  09:15:00  12:29:45  12:30:00
  30s   210  09:15:00  12:29:30  12:30:00
  45s   140  09:15:00  12:29:15  12:30:00
  1m    105  09:15:00  12:29:00  12:30:00
  3m     35  09:15:00  12:27:00  12:30:00
  5m     21  09:15:00  12:25:00  12:30:00
  10m    12  09:15:00  12:25:00  12:30:00
  15m     7  09:15:00  12:15:00  12:30:00
  30m     5  09:15:00  12:15:00  12:30:00
  1h      3  09:15:00  12:15:00  12:30:00
  2h      2  09:15:00  11:15:00  12:30:00
  4h      1  09:15:00  09:15:00  12:30:00`;

export const GOLDEN_DAYS: readonly GoldenDay[] = [
  {
    name: 'the last day of the old hours',
    date: '2026-07-31',
    segments: ['nse-cas', 'nse-cash', 'nse-index', 'nse-fno'],
    // A Friday. Its week began on Monday 27 July, its month on Wednesday 1 July.
    table: barTable(`${to1530}
      1d   1  2026-07-31T09:15:00  2026-07-31T09:15:00  2026-07-31T15:30:00
      1w   1  2026-07-27T09:15:00  2026-07-27T09:15:00  2026-07-31T15:30:00
      1mo  1  2026-07-01T09:15:00  2026-07-01T09:15:00  2026-07-31T15:30:00`),
    opens: OPENS_TO_1530,
  },
  {
    name: 'the first closing auction, shares and index that have it',
    date: '2026-08-03',
    segments: ['nse-cas', 'nse-index'],
    // A Monday, and the month's first session: the 1st was a Saturday. The month ends on Monday the 31st.
    // A day, and what is made of days, ends with the closing auction.
    table: barTable(`${to1515}
      1d   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-03T15:35:00
      1w   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-07T15:35:00
      1mo  1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-31T15:35:00`),
    opens: {
      '30m': '09:15 09:45 10:15 10:45 11:15 11:45 12:15 12:45 13:15 13:45 14:15 14:45',
      '1h': '09:15 10:15 11:15 12:15 13:15 14:15',
      '2h': '09:15 11:15 13:15',
      '4h': '09:15 13:15',
    },
  },
  {
    name: 'the first closing auction, shares that have none',
    date: '2026-08-03',
    segments: ['nse-cash'],
    table: barTable(`${to1530}
      1d   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-03T15:30:00
      1w   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-07T15:30:00
      1mo  1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-31T15:30:00`),
    opens: OPENS_TO_1530,
  },
  {
    name: 'the first closing auction, futures and options',
    date: '2026-08-03',
    segments: ['nse-fno'],
    table: barTable(`${to1540}
      1d   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-03T15:40:00
      1w   1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-07T15:40:00
      1mo  1  2026-08-03T09:15:00  2026-08-03T09:15:00  2026-08-31T15:40:00`),
    opens: OPENS_TO_1530,
  },
  // The Sunday belongs to the week of Monday 2 November, and ends it. The month's 1st is a Sunday without a session,
  // so it begins on the 2nd; it ends on Monday the 30th, when each segment has its own end.
  sundayMuhurat(['nse-cas', 'nse-index'], '15:35:00'),
  sundayMuhurat(['nse-cash'], '15:30:00'),
  sundayMuhurat(['nse-fno'], '15:40:00'),
  {
    name: 'a Saturday in two parts',
    date: '2024-03-02',
    segments: ['nse-cas', 'nse-cash', 'nse-index', 'nse-fno'],
    // The Saturday belongs to the week of Monday 26 February, and ends it; the month runs from Friday the 1st to
    // Thursday the 28th, for the 29th is Good Friday.
    table: barTable(`${twoParts}
      1d   1  2024-03-02T09:15:00  2024-03-02T09:15:00  2024-03-02T12:30:00
      1w   1  2024-02-26T09:15:00  2024-02-26T09:15:00  2024-03-02T12:30:00
      1mo  1  2024-03-01T09:15:00  2024-03-01T09:15:00  2024-03-28T15:30:00`),
    opens: { '30m': '09:15 09:45 11:15 11:45 12:15', '1h': '09:15 11:15 12:15', '2h': '09:15 11:15', '4h': '09:15' },
  },
];

function sundayMuhurat(segments: readonly Segment[], endOfMonth: string): GoldenDay {
  return {
    name: 'a Sunday Muhurat, its hours provisional',
    date: '2026-11-08',
    segments,
    table: barTable(`${muhurat}
      1d   1  2026-11-08T18:00:00  2026-11-08T18:00:00  2026-11-08T19:15:00
      1w   1  2026-11-02T09:15:00  2026-11-02T09:15:00  2026-11-08T19:15:00
      1mo  1  2026-11-02T09:15:00  2026-11-02T09:15:00  2026-11-30T${endOfMonth}`),
    opens: { '30m': '18:00 18:30 19:00', '1h': '18:00 19:00', '2h': '18:00', '4h': '18:00' },
  };
}
