import fc from 'fast-check';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Calendar, Span } from '../../src/core/calendar.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { type CandleColumns, createColumns } from '../../src/core/candle-columns.ts';

/** Dates, both included. */
export interface Dates {
  readonly from: string;
  readonly to: string;
}

/** One generated row: how long after the one before it, and what it says. */
interface RowSeed {
  readonly gapMs: number;
  readonly prices: readonly [number, number, number, number];
  readonly volume: number;
  readonly isKnown: boolean;
}

export interface RowsSeed {
  /** Where in the stretch the first row lies. */
  readonly start: number;
  /** What of the volume is told. */
  readonly volumes: 'known' | 'unknown' | 'mixed';
  readonly rows: readonly RowSeed[];
}

/** Steps of busy seconds, quiet minutes, hours and days without a trade; prices in paise, so that sums are exact. */
const gaps = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }).map((seconds) => seconds * SECOND_MS) },
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 15 * 60 }).map((seconds) => seconds * SECOND_MS) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 * HOUR_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * DAY_MS }) },
);
const price = fc.integer({ min: 1, max: 5_000 });

export const rowsSeed: fc.Arbitrary<RowsSeed> = fc.record({
  start: fc.double({ min: 0, max: 0.9, noNaN: true }),
  volumes: fc.constantFrom('known', 'known', 'unknown', 'mixed'),
  rows: fc.array(
    fc.record({
      gapMs: gaps,
      prices: fc.oneof(
        price.map((print) => [print, print, print, print] as const),
        fc.tuple(price, price, price, price),
      ),
      volume: fc.nat(1_000),
      isKnown: fc.boolean(),
    }),
    { minLength: 1, maxLength: 150, size: 'max' },
  ),
});

/** The seed's rows over the clock's time, night and day. Rows beyond the last date are left out. */
export function rowsByTheClock(seed: RowsSeed, calendar: Calendar, { from, to }: Dates): CandleColumns {
  const open = calendar.midnight(from as TradingDate);
  const close = calendar.midnight(addDays(to as TradingDate, 1));
  return rowsIn(seed, [{ open, close }]);
}

/** The seed's rows in the hours of continuous trading alone, and a print at the opening of each session whose hours are provisional. */
export function rowsInSessions(seed: RowsSeed, calendar: Calendar, dates: Dates): CandleColumns {
  const parts: Span[] = [];
  const bells: number[] = [];
  for (const date of datesOf(dates)) {
    const session = calendar.session(date);
    parts.push(...(session?.parts ?? []));
    if (session?.provisional === true) bells.push(session.open);
  }
  return rowsIn(seed, parts, bells);
}

export function datesOf({ from, to }: Dates): readonly TradingDate[] {
  const dates: TradingDate[] = [];
  for (let date = from as TradingDate; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

function rowsIn(seed: RowsSeed, parts: readonly Span[], bells: readonly number[] = []): CandleColumns {
  const length = parts.reduce((sum, { open, close }) => sum + close - open, 0);
  const placed: { readonly time: number; readonly row: RowSeed }[] = [];
  let offset = Math.floor((seed.start * length) / MINUTE_MS) * MINUTE_MS;
  for (const row of seed.rows) {
    offset += row.gapMs;
    const time = timeAt(parts, offset);
    if (time === undefined) break;
    placed.push({ time, row });
  }
  const [first] = seed.rows;
  if (first !== undefined) placed.unshift(...bells.map((time) => ({ time, row: first })));
  placed.sort((a, b) => a.time - b.time);
  const columns = createColumns(placed.length);
  placed.forEach(({ time, row }, index) => {
    const [open, , , close] = row.prices;
    columns.openTime[index] = time;
    columns.open[index] = open / 100;
    columns.high[index] = Math.max(...row.prices) / 100;
    columns.low[index] = Math.min(...row.prices) / 100;
    columns.close[index] = close / 100;
    const isKnown = seed.volumes === 'known' || (seed.volumes === 'mixed' && row.isKnown);
    columns.volume[index] = isKnown ? row.volume : Number.NaN;
  });
  return columns;
}

/** The instant `offset` ms into the parts laid end to end. */
function timeAt(parts: readonly Span[], offset: number): EpochMs | undefined {
  let rest = offset;
  for (const { open, close } of parts) {
    if (rest < close - open) return (open + rest) as EpochMs;
    rest -= close - open;
  }
  return undefined;
}
