import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { coverageCommand } from '../../src/main/cli/coverage.ts';
import { MARKET_CLOCK } from '../../src/main/engine/world.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { covered, DB, fill, filled } from './covered-store.ts';

describe('coverage', () => {
  it('prints the newest day, its holes in India’s time, and totals', async () => {
    const { status, lines } = await runCli(coverageCommand, DB, filled());
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/^Ledger of 2026-08-03 in minutes, counted \d{4}-\d\d-\d\d \d\d:\d\d IST$/);
    expect(lines.slice(1)).toEqual([
      'instrument  expected  received  repaired  missing  grade  holes',
      'NSE:INFY         360       320         3       37  red    10:02-10:38 11:00-11:01',
      'NSE:TCS          360       360         0        0  green',
      '2 instruments: 720 expected, 680 received, 3 repaired, 37 missing; 1 green, 0 amber, 1 red',
    ]);
  });

  it('prints JSON with times of India', async () => {
    const { text } = await runCli(coverageCommand, [...DB, '--json', '--date', '2026-08-03'], filled());
    const { date, countedAt, rows } = JSON.parse(text);
    expect(date).toBe('2026-08-03');
    expect(countedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
    expect(rows).toEqual([
      {
        instrument: 'NSE:INFY',
        expected: 360,
        received: 320,
        repaired: 3,
        missing: 37,
        missingBefore: 40,
        grade: 'red',
        holes: [
          { from: '2026-08-03T10:02:00+05:30', to: '2026-08-03T10:38:00+05:30' },
          { from: '2026-08-03T11:00:00+05:30', to: '2026-08-03T11:01:00+05:30' },
        ],
        differences: [{ field: 'close', bars: 2, largest: 3 }],
        lateRevisions: 1,
      },
      { ...rows[1], instrument: 'NSE:TCS', missing: 0, grade: 'green', holes: [], differences: [], lateRevisions: 0 },
    ]);
  });

  it('counts up to the clock of a simulated market, while what is missing can still come', async () => {
    const folder = filled((store) => {
      fill(store);
      store.writeDocument(MARKET_CLOCK, { time: ist('2026-08-03 10:30') });
    });
    const { lines } = await runCli(coverageCommand, DB, folder);
    expect(lines[0]).toContain('counted 2026-08-03 10:30 IST');
    expect(lines[2]).toBe('NSE:INFY          75        47         0       28  amber  10:02-10:30');
  });

  it('tells of an instrument that has nothing of the day, but something of the ten days before', async () => {
    const at = (date: string, symbol: string): CoveredSpan => ({
      ...covered(`NSE:${symbol}` as InstrumentKey, '09:15', '15:15'),
      open: ist(`${date} 09:15`),
      close: ist(`${date} 15:15`),
    });
    const folder = filled((store) => {
      fill(store);
      store.saveBars({
        batches: [],
        covered: [at('2026-07-24', 'SBIN'), at('2026-07-23', 'ITC'), at('2026-08-04', 'LT')],
      });
    });
    const { lines, text } = await runCli(coverageCommand, [...DB, '--date', '2026-08-03'], folder);
    expect(lines[3]).toBe('NSE:SBIN         360         0         0      360  red    09:15-15:15');
    expect(lines.at(-1)).toContain('3 instruments: 1080 expected');
    expect(text).not.toMatch(/ITC|LT/);
  });

  it('misses nothing of a day to come', async () => {
    const folder = filled((store) => {
      fill(store);
      store.writeDocument(MARKET_CLOCK, { time: ist('2026-08-03 20:00') });
    });
    const run = runCli(coverageCommand, [...DB, '--date', '2026-08-04'], folder);
    await expect(run).rejects.toThrow('Nothing is stored of 2026-08-04. Choose another day');
  });

  it('leaves out instruments without anything, unless asked for all', async () => {
    const instrument = {
      key: 'NSE:SBIN' as InstrumentKey,
      name: 'SBI',
      segment: 'nse-cas',
      sector: undefined,
    } as const;
    const folder = filled((store) => {
      fill(store);
      store.saveInstruments([{ ...instrument, tickSize: 0.05, priceDecimals: 2, lotSize: 1 }]);
    });
    expect((await runCli(coverageCommand, DB, folder)).text).not.toContain('SBIN');
    expect((await runCli(coverageCommand, [...DB, '--all'], folder)).text).toContain(
      'NSE:SBIN         360         0         0      360  red    09:15-15:15',
    );
  });

  it.each<[string, readonly string[], string]>([
    ['a day without a session', [...DB, '--date', '2026-08-02'], 'There is no session on 2026-08-02.'],
    [
      'a day of which nothing is stored',
      [...DB, '--date', '2026-07-30'],
      'Nothing is stored of 2026-07-30 or the ten days before.',
    ],
    ['a file that is not there', ['--db', 'none.sqlite'], 'There is no database'],
  ])('of %s is a sentence', async (_case, options, sentence) => {
    await expect(runCli(coverageCommand, options, filled())).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(sentence),
    });
  });

  it('of an empty store is a sentence', async () => {
    await expect(
      runCli(
        coverageCommand,
        DB,
        filled(() => undefined),
      ),
    ).rejects.toThrow('Nothing is stored yet');
    const anyDay = [...DB, '--date', '2026-08-03'];
    await expect(
      runCli(
        coverageCommand,
        anyDay,
        filled(() => undefined),
      ),
    ).rejects.toThrow('Nothing is stored yet');
  });

  it.each([
    ['a date that is none', ['--date', '2026-02-30']],
    ['a date in other words', ['--date', 'yesterday']],
    ['two stores', ['--data', 'x', ...DB]],
    ['an option nobody knows', ['--day', '2026-08-03']],
  ])('with %s is wrong usage', async (_case, options) => {
    await expect(runCli(coverageCommand, options, filled())).rejects.toBeInstanceOf(UsageError);
  });
});
