import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { HEADER, INFY, importFiles, OPEN, reading, rows, stored } from './import-files.ts';

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
});
