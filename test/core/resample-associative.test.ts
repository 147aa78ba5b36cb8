import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodSpan } from '../../src/core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import { type FormingBar, foldPiece } from '../../src/core/candle-builder.ts';
import { type CandleColumns, candleAt, columnsOf } from '../../src/core/candle-columns.ts';
import { SEGMENTS, type Segment } from '../../src/core/instrument.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import { INTRADAY_MS, isIntraday, TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { calendars } from '../../src/main/platform/calendars.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { type Dates, rowsByTheClock, rowsInSessions, rowsSeed } from '../support/generated-rows.ts';
import { ist } from '../support/ist.ts';

const calendarOf = calendars(findResources(import.meta.dirname));
const KEY = 'NSE:ANY' as InstrumentKey;

/** A failure is made smaller for so long and no longer. */
const HOW_MANY = { seed: 3, numRuns: 30, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: true };

/** Stretches of days that hold what calendars trip over. Every segment is tried over all of them. */
const STRETCHES: readonly (readonly [string, Dates])[] = [
  ['the change to the closing auction', { from: '2026-07-30', to: '2026-08-05' }],
  [
    'a month end with a Sunday Muhurat, a holiday and American clocks turned back',
    { from: '2026-10-29', to: '2026-11-11' },
  ],
  ['a two-part Saturday over a month end', { from: '2024-02-28', to: '2024-03-06' }],
  ['a Muhurat evening on a holiday', { from: '2022-10-21', to: '2022-10-28' }],
  ['a day with an outage, traded in two parts', { from: '2021-02-22', to: '2021-02-26' }],
  ['clocks turned forward', { from: '2026-03-05', to: '2026-03-31' }],
  ['a new year beyond the holidays that are known', { from: '2026-12-29', to: '2027-01-06' }],
];

/**
 * Which bars of `longer` can be made of bars of `shorter`. Within a day the lengths must divide: both are counted
 * from the same instant, so then no short bar lies in two long ones. A day holds whole bars of every intraday
 * frame, for none crosses midnight; weeks and months hold whole days, a month does not hold whole weeks.
 */
function divides(shorter: Timeframe, longer: Timeframe): boolean {
  if (!isIntraday(longer)) return isIntraday(shorter) || shorter === '1d' || shorter === longer;
  return isIntraday(shorter) && INTRADAY_MS[longer] % INTRADAY_MS[shorter] === 0;
}

const EVERY_PAIR = TIMEFRAMES.flatMap((longer, index) =>
  TIMEFRAMES.slice(0, index + 1).map((shorter) => [shorter, longer] as const),
);
const PAIRS = EVERY_PAIR.filter(([shorter, longer]) => divides(shorter, longer));

/** Rows as text, so that one comparison tells all. */
const rowsOf = ({ openTime, open, high, low, close, volume }: CandleColumns): string =>
  [openTime, open, high, low, close, volume].map((column) => column.join()).join('\n');

describe('the pairs of timeframes', () => {
  it('that do not divide are these and no others', () => {
    const others = EVERY_PAIR.filter(([shorter, longer]) => !divides(shorter, longer));
    expect(others.map((pair) => pair.join(' '))).toEqual([
      '10s 15s',
      '10s 45s',
      '30s 45s',
      '45s 1m',
      '45s 5m',
      '3m 5m',
      '45s 10m',
      '3m 10m',
      '10m 15m',
      '1w 1mo',
    ]);
    expect(PAIRS.length).toBe(161);
  });

  it.each(EVERY_PAIR.filter(([shorter, longer]) => !divides(shorter, longer)))(
    'of %s no bars of %s can be made: a short one lies in two long ones',
    (shorter, longer) => {
      const calendar = calendarOf('nse-cas');
      // Two prints a moment before and at the first long bar's end, which falls into one short bar.
      const start = ist('2026-07-30 09:15');
      const end = isIntraday(longer) ? start + INTRADAY_MS[longer] : ist('2026-08-01 00:00');
      // July 2026 ends on a Friday, so a week of August begins in it only from its weekend on: take the next month's.
      const [before, after] =
        longer === '1mo' ? [ist('2026-08-31 12:00'), ist('2026-09-01 12:00')] : [end - 1_000, end];
      const rows = columnsOf(
        [before, after].map((time, index) => {
          const price = index + 1;
          return { openTime: time as EpochMs, open: price, high: price, low: price, close: price, volume: 1 };
        }),
      );
      expect(resampleColumns(rows, longer, calendar).openTime.length).toBe(2);
      expect(resampleColumns(rows, shorter, calendar).openTime.length).toBe(1);
    },
  );
});

describe.each(SEGMENTS)('bars of %s', (segment) => {
  const calendar = calendarOf(segment);

  it.each(STRETCHES)('are the same in one step as in two, for every pair that divides, over %s', (_name, dates) => {
    const by = [rowsByTheClock, rowsInSessions] as const;
    let compared = 0;
    fc.assert(
      fc.property(rowsSeed, fc.constantFrom(...by), (seed, place) => {
        const rows = place(seed, calendar, dates);
        const made = new Map(TIMEFRAMES.map((timeframe) => [timeframe, resampleColumns(rows, timeframe, calendar)]));
        const wrong = PAIRS.filter(([shorter, longer]) => {
          const [short, long] = [made.get(shorter), made.get(longer)];
          if (short === undefined || long === undefined) throw new Error('every timeframe was made');
          compared += long.openTime.length;
          return rowsOf(resampleColumns(short, longer, calendar)) !== rowsOf(long);
        });
        expect(wrong).toEqual([]);
      }),
      HOW_MANY,
    );
    expect(compared, 'there were bars to compare').toBeGreaterThan(10_000);
  });

  it.each(STRETCHES)('are the same built piece by piece as made at once, over %s', (_name, dates) => {
    let compared = 0;
    fc.assert(
      fc.property(rowsSeed, (seed) => {
        const rows = rowsInSessions(seed, calendar, dates);
        for (const timeframe of TIMEFRAMES) {
          const made = resampleColumns(rows, timeframe, calendar);
          const expected = { ...made, openTime: onCalendar(made.openTime, timeframe, calendar) };
          const built = columnsOf(fold(rows, timeframe, segment));
          compared += built.openTime.length;
          // Ticks without a volume add nothing to a forming bar, for the next total counts them; among bars it is unknown.
          if (seed.volumes === 'mixed') built.volume.set(expected.volume);
          expect(rowsOf(built), timeframe).toBe(rowsOf(expected));
        }
      }),
      HOW_MANY,
    );
    expect(compared, 'there were bars to compare').toBeGreaterThan(1_000);
  });
});

/** A forming week opens where the calendar says, one made of rows at its first row's day. */
function onCalendar(openTime: Float64Array, timeframe: Timeframe, calendar: Calendar): Float64Array {
  if (isIntraday(timeframe)) return openTime;
  return openTime.map((time) => periodSpan(calendar.dateOf(time as EpochMs), timeframe, calendar).openTime);
}

/** The bars that the rows make one by one, the last of them still forming. */
function fold(rows: CandleColumns, timeframe: Timeframe, segment: Segment): readonly Candle[] {
  const kind = { instrument: KEY, timeframe, calendar: calendarOf(segment) };
  const bars: Candle[] = [];
  let forming: FormingBar | undefined;
  for (let row = 0; row < rows.openTime.length; row += 1) {
    const { openTime: time, open, high, low, close, volume } = candleAt(rows, row, KEY, timeframe);
    const step = foldPiece(forming, { time, open, high, low, close, volume }, kind);
    if (step.kind === 'ignored') throw new Error(`a row within the session was ignored as ${step.reason}`);
    if (step.kind === 'rolled') bars.push(step.closed);
    forming = step.forming;
  }
  return forming === undefined ? bars : [...bars, forming.candle];
}
