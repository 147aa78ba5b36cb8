import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUpCommand } from '../../src/main/cli/back-up.ts';
import { coverageCommand } from '../../src/main/cli/coverage.ts';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { capturedIo } from '../support/cli-io.ts';
import { runCli } from '../support/cli-run.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { covered, DB, fill, filled, INFY, storeIn } from './covered-store.ts';

describe('coverage', () => {
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
