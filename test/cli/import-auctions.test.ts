import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCommand } from '../../src/main/cli/export.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { INFY, importFiles, reading, rows } from './import-files.ts';

describe('import', () => {
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
});
