import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCommand } from '../../src/main/cli/import.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { HEADER, importFiles, rows, stored } from './import-files.ts';

describe('import', () => {
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
});
