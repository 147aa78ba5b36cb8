import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { coverageCommand } from '../../src/main/cli/coverage.ts';
import { exportCommand } from '../../src/main/cli/export.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import { runCli } from '../support/cli-run.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';

const MINUTES = resolve('../shared/market-data/1m');
const FILES = ['NIFTY50_2024-01-01_2024-04-30.csv', 'NIFTY50_2026-07-28_2026-08-11.csv'].map((name) =>
  join(MINUTES, name),
);

describe.skipIf(!FILES.every(existsSync))('recorded days of the index (needs ../shared/market-data)', () => {
  const folder = tempFolderForAll();
  let report: { readonly files: readonly unknown[] };

  beforeAll(async () => {
    report = JSON.parse((await runCli(importCommand, [...FILES, '--json', '--db', 'bars.sqlite'], folder)).text);
  });

  it('are taken in whole, with the closing auctions', () => {
    expect(report.files).toMatchObject([
      { rows: 29_355, good: 29_355, wholeSessions: 79, refused: [] },
      // Seven sessions whose index stands still for 13 or 14 minutes, and moves when the auction has found its prices.
      { rows: 4_121, good: 4_016, wholeSessions: 10, refused: [], auctions: { rows: 8, bars: 7, quiet: 97 } },
    ]);
  });

  it('close at the price of the auction', async () => {
    const what = ['--instrument', 'NIFTY50', '--timeframe', '1d', '--from', '2026-08-03', '--to', '2026-08-05'];
    await runCli(exportCommand, [...what, '--out', 'days.csv', '--db', 'bars.sqlite'], folder);
    const [, ...days] = readFileSync(join(folder, 'days.csv'), 'utf8').trim().split('\n');
    const closes = days.map((line) => Number(line.split(',')[4]));
    // The minutes before the auctions had ended at 24573.55 and 24572.25.
    expect([closes[0], closes[2]]).toEqual([24_774.3, 24_624.65]);
  });

  it.each([
    ['before the closing auction', '2026-07-31', 375, []],
    ['its first day', '2026-08-03', 360, []],
    ['a Saturday in two parts', '2024-03-02', 105, []],
    ['a Saturday', '2024-01-20', 375, []],
    ['a day of which the source lost four minutes', '2026-07-28', 371, [['12:05', '12:09']]],
  ])('are known minute by minute: %s', async (_case, date, repaired, holes) => {
    const { text } = await runCli(coverageCommand, ['--date', date, '--json', '--db', 'bars.sqlite'], folder);
    const missing = date === '2026-07-28' ? 4 : 0;
    expect(JSON.parse(text).rows).toMatchObject([
      {
        instrument: 'NSE:NIFTY50',
        expected: repaired + missing,
        received: 0,
        repaired,
        missing,
        grade: missing === 0 ? 'green' : 'red',
        holes: holes.map(([from, to]) => ({ from: `${date}T${from}:00+05:30`, to: `${date}T${to}:00+05:30` })),
      },
    ]);
  });
});
