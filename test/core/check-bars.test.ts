import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt } from '../../src/core/bar-time.ts';
import { type EpochMs, HOUR_MS, type InstrumentKey, MINUTE_MS } from '../../src/core/brand.ts';
import { type Calendar, createCalendar, ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { type BarFault, type BarRow, barFault, checkBars } from '../../src/core/check-bars.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const cas = nse('nse-cas');
const GOOD = { open: 100, high: 103, low: 99, close: 101, volume: 10 };
const bar = (time: string, fields: Partial<BarRow> = {}): BarRow => ({ openTime: ist(time), ...GOOD, ...fields });
const minutes = { calendar: cas, timeframe: '1m' } as const;

/** Every bar of a day, each with prices of its own. */
function dayOf(date: string, timeframe: Timeframe, calendar: Calendar = cas): BarRow[] {
  const rows: BarRow[] = [];
  let next = barAt(ist(`${date} 09:15`), timeframe, calendar);
  for (; next !== undefined; next = barAt(next.closeTime, timeframe, calendar)) {
    const price = 100 + (rows.length % 7);
    rows.push({ openTime: next.openTime, open: price, high: price + 3, low: price - 1, close: price + 1, volume: 5 });
  }
  return rows;
}

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

describe('many bars', () => {
  const rows = [bar('2026-08-03 09:15'), bar('2026-08-03 09:16'), bar('2026-08-03 09:17')] as const;

  it('are put in order, and those out of it counted', () => {
    const checked = checkBars([rows[2], rows[0], rows[1]], minutes);
    expect(checked).toEqual({ good: rows, refused: [], counts: {}, duplicates: 0, outOfOrder: 2, shiftMs: undefined });
  });

  it('that repeat are left out, and those that contradict refused', () => {
    const other = bar('2026-08-03 09:16', { close: 102 });
    const checked = checkBars([rows[0], rows[1], other, rows[1], rows[2]], minutes);
    expect(checked.good).toEqual(rows);
    expect(checked).toMatchObject({ refused: [{ row: 2, reason: 'contradiction' }], duplicates: 1 });
  });

  it('that open inside another are told apart from those that stand alone', () => {
    const options = { calendar: cas, timeframe: '5m' } as const;
    const checked = checkBars([bar('2026-08-03 09:15'), bar('2026-08-03 09:17'), bar('2026-08-03 09:32')], options);
    expect(checked.refused).toEqual([
      { row: 1, reason: 'overlap' },
      { row: 2, reason: 'off-grid' },
    ]);
  });

  it('of one time that are all impossible leave the possible one', () => {
    const zero = bar('2026-08-03 09:16', { low: 0 });
    const checked = checkBars([rows[0], zero, rows[1]], minutes);
    expect(checked.good, 'the impossible one came first and still does not win').toEqual([rows[0], rows[1]]);
  });
});

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

/** Rows that nobody can trade, at times of the day or of the evening. */
const impossible: fc.Arbitrary<BarRow> = fc.oneof(
  fc
    .record({
      minute: fc.integer({ min: 0, max: 374 }),
      broken: fc.constantFrom<Partial<BarRow>>(
        { low: 0 },
        { high: 1 },
        { close: Number.NaN },
        { volume: -5 },
        { openTime: Number.NaN },
        { open: 1_000 },
      ),
    })
    .map(({ minute, broken }) =>
      bar('2026-07-30 09:15', { openTime: ist('2026-07-30 09:15') + minute * MINUTE_MS, ...broken }),
    ),
  fc
    .integer({ min: 0, max: 400 })
    .map((minute) => bar('2026-07-30 15:31', { openTime: ist('2026-07-30 15:31') + minute * MINUTE_MS })),
  fc
    .integer({ min: 1, max: 59 })
    .map((second) => bar('2026-07-30 10:00', { openTime: ist('2026-07-30 10:00') + second * 1_000 })),
);

describe('good bars', () => {
  const day = dayOf('2026-07-30', '1m');

  it('stay the same, however shuffled and repeated', () => {
    const chosen = fc.subarray(day, { minLength: 1 });
    fc.assert(
      fc.property(
        chosen.chain((kept) =>
          fc.tuple(
            fc.constant(kept),
            fc
              .array(fc.constantFrom(...kept), { maxLength: 40 })
              .chain((copies) => fc.shuffledSubarray([...kept, ...copies], { minLength: kept.length + copies.length })),
          ),
        ),
        ([kept, mixed]) => {
          const checked = checkBars(mixed, minutes);
          expect(checked.good).toEqual(kept);
          expect(checked.refused).toEqual([]);
          expect(checked.duplicates).toBe(mixed.length - kept.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are never lost to impossible ones among them', () => {
    fc.assert(
      fc.property(fc.array(impossible, { maxLength: day.length }), fc.infiniteStream(fc.nat()), (bad, places) => {
        const mixed = [...day];
        for (const row of bad) mixed.splice((places.next().value as number) % (mixed.length + 1), 0, row);
        const checked = checkBars(mixed, minutes);
        expect(checked.good).toEqual(day);
        expect(checked.refused).toHaveLength(bad.length);
        for (const { row } of checked.refused) expect(bad).toContain(mixed[row]);
      }),
      { numRuns: 60 },
    );
  });

  it('are as many as the rows that were not refused', () => {
    const counted = checkBars([...day, ...day.slice(0, 9), bar('2026-07-30 20:00')], minutes);
    expect(counted.good.length + counted.refused.length + counted.duplicates).toBe(day.length + 10);
  });
});
