import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import { runCli } from '../support/cli-run.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { HEADER, importFiles, rows } from './import-files.ts';

describe('import', () => {
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

  it('of clock times without a zone says that the zone is missing', async () => {
    const lines = ['2026-07-30 09:15:00,100,102,99,101,10', '2026-07-30 09:16:00,100,102,99,101,10'];
    await expect(importFiles({ 'INFY.csv': lines })).rejects.toThrow('no time that can be read');
  });
});
