import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt } from '../../src/core/bar-time.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { type CandleColumns, columnsOf, createColumns, sliceColumns } from '../../src/core/candle-columns.ts';
import { firstRowAnchor, resampleColumns } from '../../src/core/resample.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { readMarketFile } from '../../src/main/brokers/replay/read-market-file.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

/** One-minute bars that open at the given IST times; the price is the row's number. */
const minutes = (...times: readonly string[]): CandleColumns =>
  columnsOf(
    times.map((time, index) => ({
      openTime: ist(time),
      open: index + 1,
      high: index + 1.5,
      low: index + 0.5,
      close: index + 1,
      volume: 10,
    })),
  );
const opens = (columns: CandleColumns) =>
  Array.from(columns.openTime, (time) => new Date(time + 19_800_000).toISOString().slice(0, 16));

describe('resampleColumns', () => {
  it('takes open, high, low, close and the sum of volume', () => {
    const bars = resampleColumns(minutes('2026-01-05T09:15', '2026-01-05T09:16', '2026-01-05T09:20'), '5m', nse());
    expect(bars).toEqual(
      columnsOf([
        { openTime: ist('2026-01-05T09:15'), open: 1, high: 2.5, low: 0.5, close: 2, volume: 20 },
        { openTime: ist('2026-01-05T09:20'), open: 3, high: 3.5, low: 2.5, close: 3, volume: 10 },
      ]),
    );
  });

  it.each([
    [
      'hours from the open',
      '1h',
      ['2026-01-05T09:15', '2026-01-05T10:14', '2026-01-05T10:15'],
      ['2026-01-05T09:15', '2026-01-05T10:15'],
    ],
    [
      'a Muhurat evening from its own open',
      '30m',
      ['2022-10-24T18:15', '2022-10-24T18:50'],
      ['2022-10-24T18:15', '2022-10-24T18:45'],
    ],
    [
      'a two-part day on one grid',
      '1h',
      ['2024-03-02T09:59', '2024-03-02T11:30'],
      ['2024-03-02T09:15', '2024-03-02T11:15'],
    ],
    [
      'what comes after the close on the same grid',
      '15m',
      ['2026-08-03T15:14', '2026-08-03T15:20'],
      ['2026-08-03T15:00', '2026-08-03T15:15'],
    ],
    [
      'what comes before the open too',
      '15m',
      ['2026-08-03T09:07', '2026-08-03T09:15'],
      ['2026-08-03T09:00', '2026-08-03T09:15'],
    ],
    ['no bar over midnight', '4h', ['2026-08-03T23:00', '2026-08-04T00:10'], ['2026-08-03T21:15', '2026-08-04T00:00']],
    [
      'weeks from Monday, a Sunday session included',
      '1w',
      ['2026-01-30T10:00', '2026-02-01T10:00', '2026-02-02T10:00'],
      ['2026-01-30T09:15', '2026-02-02T09:15'],
    ],
    [
      'months of the IST calendar',
      '1mo',
      ['2026-01-30T10:00', '2026-02-01T10:00', '2026-02-02T10:00'],
      ['2026-01-30T09:15', '2026-02-01T09:15'],
    ],
  ] as const)('counts %s', (_case, timeframe, times, expected) => {
    expect(opens(resampleColumns(minutes(...times), timeframe, nse()))).toEqual(expected);
  });

  it('counts hours that nobody announced as live bars are, or for a file from its first row', () => {
    const rows = minutes('2026-11-08T18:31', '2026-11-08T19:29', '2026-11-08T19:30');
    expect(opens(resampleColumns(rows, '1h', nse()))).toEqual(['2026-11-08T18:00', '2026-11-08T19:00']);
    expect(opens(resampleColumns(rows, '1h', nse(), firstRowAnchor))).toEqual(['2026-11-08T18:30', '2026-11-08T19:30']);
    const day = minutes('2020-11-14T09:15');
    expect(opens(resampleColumns(day, '1d', nse(), firstRowAnchor))).toEqual(['2020-11-14T09:15']);
  });

  it('counts crypto from midnight UTC', () => {
    const row = columnsOf([
      { openTime: Date.parse('2026-01-05T23:59Z') as EpochMs, open: 1, high: 1, low: 1, close: 1, volume: 1 },
    ]);
    expect(resampleColumns(row, '4h', ROUND_THE_CLOCK).openTime[0]).toBe(Date.parse('2026-01-05T20:00Z'));
    expect(resampleColumns(row, '1w', ROUND_THE_CLOCK).openTime[0]).toBe(Date.parse('2026-01-05T00:00Z'));
  });

  it('leaves an unknown volume unknown', () => {
    const rows = minutes('2026-01-05T09:15', '2026-01-05T09:16');
    rows.volume[1] = Number.NaN;
    expect(resampleColumns(rows, '5m', nse()).volume[0]).toBeNaN();
  });

  it('agrees with the bars ticks fall into, inside trading hours', () => {
    const calendar = nse();
    const times = fc.integer({ min: ist('2026-07-27T00:00'), max: ist('2026-08-14T00:00') });
    fc.assert(
      fc.property(times, fc.constantFrom(...TIMEFRAMES), (time, timeframe) => {
        const span = barAt(time as EpochMs, timeframe, calendar);
        fc.pre(span !== undefined && !['1w', '1mo'].includes(timeframe));
        const row = columnsOf([{ openTime: time as EpochMs, open: 1, high: 1, low: 1, close: 1, volume: 1 }]);
        expect(resampleColumns(row, timeframe, calendar).openTime[0]).toBe(span?.openTime);
      }),
    );
  });

  it('gives the same bars in one step as in two', () => {
    const chains = [
      ['5s', '1m', '5m'],
      ['5s', '15s', '45s'],
      ['1m', '5m', '15m'],
      ['1m', '30m', '2h'],
      ['5s', '1h', '4h'],
      ['1m', '1d', '1w'],
      ['1m', '1d', '1mo'],
    ] as const;
    const day = ist('2026-07-30T09:15');
    const rows = fc.array(
      fc.record({
        second: fc.integer({ min: 0, max: (9 * 86_400) / 5 }),
        price: fc.integer({ min: 1, max: 999 }),
        volume: fc.nat(99),
      }),
      { minLength: 1, maxLength: 300 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(...chains), (given, [base, middle, long]) => {
        const input = columnsOf(
          [...given]
            .sort((a, b) => a.second - b.second)
            .map(({ second, price, volume }) => ({
              openTime: (day + second * 5_000) as EpochMs,
              open: price,
              high: price,
              low: price,
              close: price,
              volume,
            })),
        );
        const bars = resampleColumns(input, base, nse());
        expect(resampleColumns(resampleColumns(bars, middle, nse()), long, nse())).toEqual(
          resampleColumns(bars, long, nse()),
        );
      }),
      {
        numRuns: 300,
        // After midnight the first step of the grid is a short one.
        examples: [
          [
            [
              { second: 62_460 / 5, price: 1, volume: 1 },
              { second: 63_900 / 5, price: 2, volume: 1 },
            ],
            ['1m', '30m', '2h'],
          ],
        ],
      },
    );
  });
});

const MARKET = '../shared/market-data';
const REFERENCE = `${MARKET}/resample-reference`;
const references = existsSync(REFERENCE) ? readdirSync(REFERENCE).filter((name) => name.endsWith('.csv')) : [];
const inputOf = (name: string): string => {
  if (name.startsWith('NIFTY50s_2022-08-10_')) return '1s/NIFTY50_2022-08-10.csv';
  if (name.startsWith('NIFTY50s_2022-10-25')) return '1s/NIFTY50_2022-10-25.csv';
  if (name.startsWith('RELIANCE')) return '1m/RELIANCE_2016-08-16_2016-09-09.csv';
  if (name.includes('_2022-')) return '1m/NIFTY50_2022-08-01_2022-10-31.csv';
  return name.includes('_2026-') ? '1m/NIFTY50_2026-07-28_2026-08-11.csv' : '1m/NIFTY50_2024-01-01_2024-04-30.csv';
};

describe('the reference bars', () => {
  it.skipIf(references.length === 0)(`are all at ${REFERENCE} (skipped where it is absent)`, () => {
    expect(references.length).toBeGreaterThan(60);
  });

  it.each(references)('%s', async (name) => {
    const timeframe = name.slice(name.lastIndexOf('_') + 1, -'.csv'.length);
    if (!isTimeframe(timeframe)) throw new Error(`${name} names no timeframe`);
    const [, from = '', to = ''] = /_(\d{4}-\d\d-\d\d)(?:_(\d{4}-\d\d-\d\d))?/.exec(name) ?? [];
    const rows = within(
      await readColumns(`${MARKET}/${inputOf(name)}`),
      ist(`${from}T00:00`),
      ist(`${to || from}T23:59`),
    );
    const lines = readFileSync(`${REFERENCE}/${name}`, 'utf8').trim().split('\n').slice(1);
    expect(table(resampleColumns(rows, timeframe as Timeframe, nse('nse-index')))).toEqual(
      lines.map((line) => line.split(',').slice(0, 6).map(Number)),
    );
  });
});

/** The file's rows as bars; an index has no volume, which the reference writes as 0. */
async function readColumns(path: string): Promise<CandleColumns> {
  const file = await readMarketFile(path);
  if (file.kind === 'bars') return file.columns;
  const volume = createColumns(file.time.length).volume;
  return { openTime: file.time, open: file.price, high: file.price, low: file.price, close: file.price, volume };
}

function within(columns: CandleColumns, from: number, to: number): CandleColumns {
  const first = columns.openTime.findIndex((time) => time >= from);
  const after = columns.openTime.findIndex((time) => time > to);
  return sliceColumns(columns, first, after === -1 ? undefined : after);
}

function table({ openTime, open, high, low, close, volume }: CandleColumns): number[][] {
  return Array.from(openTime, (time, i) => [
    time / 1_000,
    ...[open, high, low, close, volume].map((column) => column[i] ?? Number.NaN),
  ]);
}
