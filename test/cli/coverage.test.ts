import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import type { Revision } from '../../src/core/revision.ts';
import { backUpCommand } from '../../src/main/cli/back-up.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { coverageCommand } from '../../src/main/cli/coverage.ts';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { MARKET_CLOCK } from '../../src/main/engine/world.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { capturedIo } from '../support/cli-io.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const TCS = 'NSE:TCS' as InstrumentKey;

function covered(instrument: InstrumentKey, open: string, close: string, isLive = true): CoveredSpan {
  const frame = isLive
    ? ({ timeframe: '5s', provenance: 'live' } as const)
    : ({ timeframe: '1m', provenance: 'history' } as const);
  return { instrument, open: ist(`2026-08-03 ${open}`), close: ist(`2026-08-03 ${close}`), ...frame };
}

const VALUES = { open: 100, high: 105, low: 99, close: 104, volume: 1_000 };
function revision(clock: string, close: number, fields: Partial<Revision> = {}): Revision {
  return {
    instrument: INFY,
    timeframe: '1m',
    openTime: ist(`2026-08-03 ${clock}`),
    reason: 'history',
    at: ist('2026-08-03 16:00'),
    before: VALUES,
    after: { ...VALUES, close },
    ...fields,
  };
}

/** INFY missed 10:02 to 10:41 and 11:00, of which history brought the last minutes; TCS missed nothing. */
function fill(store: Store): void {
  store.saveBars({
    batches: [],
    covered: [
      covered(INFY, '09:15', '10:02'),
      covered(INFY, '10:41', '11:00'),
      covered(INFY, '11:01', '15:15'),
      covered(INFY, '10:38', '10:41', false),
      covered(TCS, '09:15', '15:15'),
    ],
    revisions: [
      revision('09:15', 103),
      revision('09:16', 101),
      revision('09:17', 104, { reason: 'late-tick', timeframe: '5s', after: { ...VALUES, high: 106 } }),
    ],
  });
}

function storeIn(folder: string, setUp: (store: Store) => void, name = 'bars.sqlite'): void {
  const store = openStore(join(folder, name));
  setUp(store);
  store.close();
}

function filled(setUp: (store: Store) => void = fill): string {
  const folder = tempFolder();
  storeIn(folder, setUp);
  return folder;
}

const DB = ['--db', 'bars.sqlite'] as const;

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

  it('finds the store of the feed that the settings choose', async () => {
    const folder = tempFolder();
    const run = () => runCli(coverageCommand, ['--data', 'data'], folder);
    await expect(run()).rejects.toThrow('There is no Tickscope data in');
    expect(existsSync(join(folder, 'data')), 'nothing is made of a mistyped name').toBe(false);
    storeIn(join(folder, 'data'), () => undefined, 'tickscope.sqlite');
    await expect(run()).rejects.toThrow('has stored nothing in');
    storeIn(join(folder, 'data'), fill, 'simulated-7.sqlite');
    storeIn(
      join(folder, 'data'),
      (store) => store.writeDocument('settings', { feed: { source: 'simulator', simulator: { seed: 7 } } }),
      'tickscope.sqlite',
    );
    expect((await run()).text).toContain('NSE:INFY');
  });

  it('takes the real prices where the chosen feed has stored nothing, and says so', async () => {
    const folder = tempFolder();
    storeIn(join(folder, 'data'), fill, 'tickscope.sqlite');
    const { status, text, said } = await runCli(coverageCommand, ['--data', 'data'], folder);
    expect(status).toBe(0);
    expect(text).toContain('NSE:INFY');
    expect(said).toContain('Simulated market, has stored nothing yet; these are the real prices in');
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

describe('differences', () => {
  it('prints each field that differs, late ticks, and a total', async () => {
    const { status, lines } = await runCli(differencesCommand, DB, filled());
    expect(status).toBe(0);
    expect(lines).toEqual([
      'Differences of 2026-08-03, one-minute bars',
      'instrument  field  bars  largest  mean',
      'NSE:INFY    close     2        3     2',
      'NSE:INFY: 1 changed by late ticks',
      'In total 2 bars of 1 instruments differ; 1 bars were changed by late ticks',
    ]);
  });

  it('prints JSON', async () => {
    const { text } = await runCli(differencesCommand, [...DB, '--json'], filled());
    expect(JSON.parse(text)).toEqual({
      date: '2026-08-03',
      rows: [{ instrument: 'NSE:INFY', field: 'close', bars: 2, largest: 3, mean: 2 }],
      lateTicks: [{ instrument: 'NSE:INFY', bars: 1 }],
      total: { instruments: 1, bars: 2, lateTicks: 1 },
    });
  });

  it('of a day without any says so', async () => {
    const { lines } = await runCli(differencesCommand, [...DB, '--date', '2026-08-04'], filled());
    expect(lines).toEqual([
      'Differences of 2026-08-04, one-minute bars',
      'In total 0 bars of 0 instruments differ; 0 bars were changed by late ticks',
    ]);
  });
});

describe('a store that Tickscope has open', () => {
  it('is read as it is at that moment, and copied, and not disturbed', async () => {
    const folder = tempFolder();
    const store = openStore(join(folder, 'bars.sqlite'));
    try {
      fill(store);
      expect((await runCli(coverageCommand, DB, folder)).text).toContain('NSE:INFY');
      expect((await runCli(differencesCommand, DB, folder)).text).toContain('close');
      const { status, text } = await runCli(backUpCommand, ['copy.sqlite', ...DB], folder);
      expect(status).toBe(0);
      expect(text).toMatch(/copy\.sqlite: \d+\.\d MB\n$/);
      store.saveBars({ batches: [], covered: [covered(INFY, '10:02', '10:41')] });
      expect((await runCli(coverageCommand, DB, folder)).lines[2], 'the writer went on').toContain('11:00-11:01');
    } finally {
      store.close();
    }
    const copied = await runCli(coverageCommand, ['--db', 'copy.sqlite'], folder);
    expect(copied.lines[2], 'the copy is as the store was').toContain('10:02-10:38 11:00-11:01');
  });
});

describe('the owner’s own calendar', () => {
  it('is asked', async () => {
    const folder = filled();
    const data = join(folder, 'data');
    storeIn(data, fill, 'tickscope.sqlite');
    storeIn(data, fill, 'simulated-20.sqlite');
    writeFileSync(join(data, 'calendar.json'), JSON.stringify({ holidays: { '2026-08-03': 'A day off' } }));
    const options = ['--data', 'data', '--date', '2026-08-03'] as const;
    await expect(runCli(coverageCommand, options, folder)).rejects.toThrow('There is no session on 2026-08-03.');
    writeFileSync(join(data, 'calendar.json'), '{');
    const { said, lines } = await runCli(coverageCommand, options, folder);
    expect(said, 'one that cannot be read is told').toContain('calendar.json');
    expect(lines).toHaveLength(5);
  });

  it('is the one beside the database that is named, or else the data folder’s', async () => {
    const folder = filled();
    const data = tempFolder();
    const args = [...DB, '--date', '2026-08-03'];
    const count = () => coverageCommand.run(args, capturedIo(folder, { TICKSCOPE_DATA_DIR: data }));
    expect(await count()).toBe(0);
    writeFileSync(join(data, 'calendar.json'), JSON.stringify({ holidays: { '2026-08-03': 'A day off' } }));
    await expect(count()).rejects.toThrow('There is no session on 2026-08-03.');
    writeFileSync(join(folder, 'calendar.json'), '{}');
    expect(await count()).toBe(0);
  });
});

describe('back-up', () => {
  it('asks for a file, and keeps one that exists', async () => {
    const folder = filled();
    await expect(runCli(backUpCommand, DB, folder)).rejects.toBeInstanceOf(UsageError);
    await expect(runCli(backUpCommand, ['a', 'b', ...DB], folder)).rejects.toBeInstanceOf(UsageError);
    await expect(runCli(backUpCommand, ['bars.sqlite', ...DB], folder)).rejects.toThrow('exists already');
  });
});
