import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import { exportCommand } from '../../src/main/cli/export.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

const HEADER = 'time,open,high,low,close,volume';
const OPEN = ist('2026-07-30 09:15');
const INFY = 'NSE:INFY' as InstrumentKey;

/** Bars from 09:15 of 2026-07-30 on. */
function rows(count: number, { first = 0, stepMs = 60_000, open = OPEN as number } = {}): string[] {
  return Array.from({ length: count }, (_, index) => {
    const bar = first + index;
    return `${(open + bar * stepMs) / 1_000},${100 + bar},${102 + bar},${99 + bar},${101 + bar},10`;
  });
}

async function importFiles(files: Readonly<Record<string, readonly string[]>>, options: readonly string[] = []) {
  const folder = tempFolder();
  const db = join(folder, 'bars.sqlite');
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), [HEADER, ...lines].join('\n'));
  const run = await runCli(importCommand, [...Object.keys(files), '--db', db, ...options], folder);
  return { ...run, folder, db };
}

function reading<Result>(db: string, look: (store: Store) => Result): Result {
  const store = openStore(db);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

const stored = (db: string, timeframe: Timeframe = '1m', key = INFY) =>
  reading(db, (store) => store.storedCandles(key, timeframe, 0 as EpochMs, Number.MAX_SAFE_INTEGER as EpochMs));

describe('import', () => {
  it('keeps good rows, as history, and reports the rest by reason with their lines', async () => {
    const lines = rows(10);
    lines[3] = lines[3]?.replace(/,99|,102/, ',0') ?? '';
    const { status, text, db } = await importFiles({
      'INFY_2026.csv': [
        ...lines.slice(5),
        ...lines.slice(0, 5),
        lines[7] ?? '',
        `${(OPEN - 75 * 60_000) / 1_000},1,1,1,1,1`,
        `${(OPEN + 30_000) / 1_000},1,1,1,1,1`,
        `${OPEN / 1_000},1,1,1,1,1`,
        'nonsense',
      ],
    });
    expect(status).toBe(0);
    expect(text).toMatch(/^INFY_2026\.csv: NSE:INFY 1m, 15 rows, 9 good, 5 refused · 1 repeated · 4 put in order\n/);
    expect(text).toContain('  bad-price: 1 (a price is not above zero, or beyond all measure), line 10\n');
    expect(text).toContain('  outside-session: 1 (outside trading hours), line 13\n');
    expect(text).toContain('  overlap: 1 (opens inside another bar), line 14\n');
    expect(text).toContain('  contradiction: 1 (says otherwise');
    expect(text).toContain('  not-a-number: 1 (a field is missing');
    expect(text).toContain(`9 bars are stored in ${db}\n`);
    const bars = stored(db);
    expect(bars.map(({ candle }) => (candle.openTime - OPEN) / 60_000)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
    expect(bars[0]).toMatchObject({
      provenance: 'history',
      candle: { open: 100, high: 102, low: 99, close: 101, volume: 10 },
    });
  });

  it('covers what the rows tell without a gap, and counts whole sessions', async () => {
    const { text, db } = await importFiles({
      'INFY.csv': [...rows(375), ...rows(3, { first: 24 * 60 }), ...rows(2, { first: 24 * 60 + 5 })],
    });
    expect(text).toContain('1 whole sessions');
    const covered = reading(db, (store) => store.covered(INFY, 0 as EpochMs, ist('2026-08-30 00:00')));
    const stretch = { instrument: INFY, timeframe: '1m', provenance: 'history' };
    expect(covered).toEqual([
      { ...stretch, open: OPEN, close: ist('2026-07-30 15:30') },
      { ...stretch, open: ist('2026-07-31 09:15'), close: ist('2026-07-31 09:18') },
      { ...stretch, open: ist('2026-07-31 09:20'), close: ist('2026-07-31 09:22') },
    ]);
  });

  it('writes down what it changes', async () => {
    const { folder, db } = await importFiles({ 'INFY.csv': rows(3) });
    writeFileSync(join(folder, 'again.csv'), [HEADER, ...rows(1), `${OPEN / 1_000 + 60},50,60,40,55,7`].join('\n'));
    const again = await runCli(importCommand, ['again.csv', '--instrument', 'NSE:INFY', '--db', db], folder);
    expect(again.lines[0]).toContain('2 rows, 2 good, 0 refused · 1 stored bars changed');
    const revisions = reading(db, (store) => store.revisions(OPEN, ist('2026-07-31 00:00')));
    expect(revisions).toMatchObject([
      { reason: 'import', openTime: OPEN + 60_000, before: { open: 101 }, after: { open: 50, volume: 7 } },
    ]);
  });

  it('writes down what it says otherwise than shorter bars of the feed, and "differences" tells it', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    const candles = Array.from({ length: 24 }, (_, index) => {
      const openTime = (OPEN + index * 5_000) as EpochMs;
      return {
        instrument: INFY,
        timeframe: '5s',
        openTime,
        open: 100,
        high: 102,
        low: 99,
        close: 101,
        volume: 1,
      } as const;
    });
    const span = { instrument: INFY, timeframe: '5s', provenance: 'live', open: OPEN } as const;
    const covered = [{ ...span, close: (OPEN + 120_000) as EpochMs }];
    reading(db, (store) => store.saveBars({ batches: [{ candles, provenance: 'live' }], covered }));
    // The first minute says what the feed said but for its volume, the second another price; the third is new.
    writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(3)].join('\n'));
    const { lines } = await runCli(importCommand, ['INFY.csv', '--db', db], folder);
    expect(lines[0]).toContain('2 stored bars changed');
    const { text } = await runCli(differencesCommand, ['--date', '2026-07-30', '--db', db], folder);
    expect(text).toContain('NSE:INFY    volume     2        2     2');
    expect(text).toContain('NSE:INFY    close      1        1     1');
  });

  it('makes auction bars of rows within auctions, at whose price the day closes', async () => {
    const open = ist('2026-08-03 09:15');
    const minute = (first: number, count: number) => rows(count, { open, first });
    // 15:15 to 15:21: two minutes in which orders are gathered, and five with trades.
    const closing = [...minute(360, 7).map((row, index) => (index < 2 ? row.replace(/,10$/, ',0') : row))];
    const early = minute(-7, 1);
    const files = {
      'INFY.csv': [...early, ...minute(0, 360), ...closing, closing[6] ?? '', `${open / 1_000 + 366 * 60},1,1,1,1,1`],
    };
    const { status, lines, folder, db } = await importFiles(files);
    expect(status).toBe(0);
    expect(lines[0]).toBe(
      'INFY.csv: NSE:INFY 1m, 370 rows, 360 good, 1 refused · 1 repeated · 1 whole sessions · ' +
        '6 rows made 2 auction bars · 2 rows of auctions without a trade',
    );
    expect(lines[1]).toMatch(/^ {2}contradiction: 1 \(.*\), line 371$/);
    expect(lines.at(-1)).toBe(`360 bars and 2 auction bars are stored in ${db}`);
    const auctions = reading(db, (store) => store.loadAuctions(INFY, open, ist('2026-08-04 00:00')));
    const closingBar = { kind: 'closing', openTime: ist('2026-08-03 15:15'), open: 462, close: 467, volume: 50 };
    expect(auctions).toMatchObject([closingBar]);
    await runCli(exportCommand, ['--instrument', 'INFY', '--timeframe', '1d', '--out', 'd.csv', '--db', db], folder);
    expect(readFileSync(join(folder, 'd.csv'), 'utf8')).toContain(`${open / 1_000},94,468,92,467,3660,made`);
  });

  it('keeps a file of nothing but an auction', async () => {
    const open = ist('2026-08-03 15:15');
    const only = await importFiles({ 'INFY.csv': rows(2, { open }) }, ['--json']);
    expect(only.status).toBe(0);
    expect(JSON.parse(only.text).files).toMatchObject([
      { good: 0, refused: [], auctions: { rows: 2, bars: 1, quiet: 0 } },
    ]);
    // A bar that reaches out of its auction holds trades of the day as well.
    const long = await importFiles({ 'INFY.csv': rows(1, { open: ist('2026-08-03 09:00') }) }, ['--timeframe', '30m']);
    expect(long.status).toBe(1);
    expect(long.text).toContain('off-grid: 1 (no bar of this timeframe opens then), line 2');
  });

  it('gives way to the word of the exchange', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    const candle = {
      instrument: INFY,
      timeframe: '1m',
      openTime: OPEN,
      open: 5,
      high: 5,
      low: 5,
      close: 5,
      volume: 1,
    } as const;
    reading(db, (store) => store.saveBars({ batches: [{ candles: [candle], provenance: 'official' }] }));
    writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(2)].join('\n'));
    await runCli(importCommand, ['INFY.csv', '--db', db], folder);
    expect(stored(db)).toMatchObject([
      { provenance: 'official', candle: { open: 5 } },
      { provenance: 'history', candle: { open: 101 } },
    ]);
  });

  it('refuses a day in the wrong zone, and says how far off it is', async () => {
    const wrong = rows(375, { open: OPEN + 5.5 * 3_600_000 });
    const { status, text, db } = await importFiles({ 'INFY.csv': wrong });
    expect(status).toBe(1);
    expect(text).toContain(
      '  wrong-zone: 375 (the times are of another zone; they fit 5.5 hours earlier), line 2, 3, 4, 5, 6, …',
    );
    expect(text).toContain('No row is good, so nothing was stored.');
    expect(stored(db)).toEqual([]);
  });

  it('reads several files, each under its name, and one of several instruments by its column', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    writeFileSync(join(folder, 'TCS_a.csv'), [HEADER, ...rows(2)].join('\n'));
    const both = rows(4).map((row, index) => `${row},${index % 2 === 0 ? 'NSE:INFY' : 'SBIN'}`);
    writeFileSync(join(folder, 'all.csv'), [`${HEADER},instrument`, ...both].join('\n'));
    const { text } = await runCli(importCommand, ['TCS_a.csv', 'all.csv', '--timeframe', '1m', '--db', db], folder);
    expect(text).toMatch(/NSE:TCS 1m, 2 rows.*\n.*NSE:INFY 1m, 2 rows.*\n.*NSE:SBIN 1m, 2 rows.*\n6 bars/);
    const only = await runCli(
      importCommand,
      ['all.csv', '--instrument', 'SBIN', '--timeframe', '1m', '--dry-run', '--json'],
      folder,
    );
    expect(JSON.parse(only.text)).toMatchObject({
      files: [
        { instrument: 'NSE:SBIN', rows: 4, good: 2, refused: [{ reason: 'other-instrument', rows: 2, lines: [2, 4] }] },
      ],
      refused: 2,
      store: null,
    });
    await expect(runCli(importCommand, ['all.csv', '--instrument', 'TCS', '--dry-run'], folder)).rejects.toThrow(
      'all.csv has no rows of NSE:TCS, but of NSE:INFY, NSE:SBIN.',
    );
  });

  it('places a day at its opening, whatever clock time the file gives it, and knows no volume of an index', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    const text = [
      'date,open,high,low,close,volume',
      '2026-07-30,1,2,1,2,0',
      '2026-07-31,2,3,2,3,0',
      '2026-08-01,2,3,2,3,0',
    ];
    writeFileSync(join(folder, 'NIFTY50.csv'), text.join('\n'));
    const { text: report } = await runCli(importCommand, ['NIFTY50.csv', '--db', db], folder);
    expect(report).toContain('outside-session: 1 (outside trading hours), line 4');
    const bars = stored(db, '1d', 'NSE:NIFTY50' as InstrumentKey);
    expect(bars.map(({ candle }) => candle.openTime)).toEqual([OPEN, ist('2026-07-31 09:15')]);
    expect(bars[0]?.candle.volume).toBeUndefined();
  });

  it('prints JSON, and stores nothing in a dry run', async () => {
    const { status, text, db } = await importFiles({ 'INFY.csv': [...rows(2), 'x', 'y'] }, ['--dry-run', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(text)).toEqual({
      files: [
        {
          file: 'INFY.csv',
          instrument: 'NSE:INFY',
          timeframe: '1m',
          rows: 4,
          good: 2,
          duplicates: 0,
          outOfOrder: 0,
          wholeSessions: 0,
          changed: 0,
          auctions: { rows: 0, bars: 0, quiet: 0 },
          refused: [{ reason: 'not-a-number', rows: 2, lines: [4, 5] }],
          shiftMinutes: null,
        },
      ],
      good: 2,
      refused: 2,
      store: null,
    });
    expect(existsSync(db)).toBe(false);
  });

  it('tells what was stored before a file that is of no use', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(2)].join('\n'));
    const wrong = runCli(importCommand, ['INFY.csv', 'none.csv', '--db', db], folder);
    await expect(wrong).rejects.toThrow('none.csv does not exist.');
    expect(stored(db)).toHaveLength(2);
  });

  it('does not meddle with a store that is in use', async () => {
    const folder = tempFolder();
    const db = join(folder, 'bars.sqlite');
    const store = openStore(db);
    try {
      writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(2)].join('\n'));
      await expect(runCli(importCommand, ['INFY.csv', '--db', db], folder)).rejects.toThrow(
        'Another Tickscope is already using',
      );
    } finally {
      store.close();
    }
  });

  it('goes to the real prices of a data folder', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(2)].join('\n'));
    const { text } = await runCli(importCommand, ['INFY.csv', '--data', 'data'], folder);
    expect(text).toContain(join(folder, 'data', 'tickscope.sqlite'));
    expect(stored(join(folder, 'data', 'tickscope.sqlite'))).toHaveLength(2);
  });

  it.each<[string, readonly string[], readonly string[], string]>([
    ['no file', [], [], 'Name at least one file'],
    ['a timeframe nobody knows', ['INFY.csv'], ['--timeframe', '7m'], 'There is no timeframe "7m"'],
    ['longer bars than the file has', ['INFY.csv'], ['--timeframe', '5m'], 'has rows 60 seconds apart; make 5m bars'],
    ['days of minutes', ['INFY.csv'], ['--timeframe', '1d'], 'has bars of 1m; make 1d bars'],
    ['a symbol that is none', ['INFY.csv'], ['--instrument', 'a/b'], '--instrument takes a symbol'],
    ['two places to store', ['INFY.csv'], ['--data', 'x'], 'give one of the two'],
  ])('with %s is wrong usage', async (_case, files, options, sentence) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'INFY.csv'), [HEADER, ...rows(5)].join('\n'));
    const wrong = runCli(importCommand, [...files, ...options, '--db', join(folder, 'bars.sqlite')], folder);
    await expect(wrong).rejects.toBeInstanceOf(UsageError);
    await expect(wrong).rejects.toThrow(sentence);
  });

  it('of bars of which nobody can tell how long they are asks', async () => {
    await expect(importFiles({ 'INFY.csv': rows(1) })).rejects.toThrow('say with --timeframe which bars they are');
    await expect(importFiles({ 'INFY.csv': rows(3, { stepMs: 420_000 }) })).rejects.toThrow('rows 420 seconds apart');
    expect((await importFiles({ 'INFY.csv': rows(1) }, ['--timeframe', '1m'])).status).toBe(0);
  });

  it('into a damaged database says where that was put, and what was carried over', async () => {
    const { folder } = await importFiles({ 'INFY.csv': rows(5) });
    const again = () => runCli(importCommand, ['INFY.csv', '--data', 'data'], folder);
    await again();
    const data = join(folder, 'data');
    const db = join(data, 'tickscope.sqlite');
    // Without its header SQLite does not know the file.
    writeFileSync(db, readFileSync(db).fill(0, 0, 100));
    const { status, said } = await again();
    expect(status).toBe(0);
    const [aside] = readdirSync(data).filter((name) => /\.damaged-\d{4}-/.test(name));
    expect(said).toContain(aside ?? 'a name with the time in it');
  });

  it('of clock times without a zone says that the zone is missing', async () => {
    const lines = ['2026-07-30 09:15:00,100,102,99,101,10', '2026-07-30 09:16:00,100,102,99,101,10'];
    await expect(importFiles({ 'INFY.csv': lines })).rejects.toThrow('no time that can be read');
  });
});
