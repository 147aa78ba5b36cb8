import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { HEADER, INFY, importFiles, OPEN, reading, rows, stored } from './import-files.ts';

describe('import', () => {
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
});
