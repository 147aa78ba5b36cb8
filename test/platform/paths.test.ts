import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDir, prepareDataDir } from '../../src/main/platform/paths.ts';
import { asOrdinaryUser, hasFileModes, tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

const asha = { platform: 'linux', home: '/home/asha' } as const;

describe('the data folder', () => {
  it.each([
    ['Linux', { ...asha, env: {} }, '/home/asha/.local/share/tickscope'],
    ['Linux, elsewhere', { ...asha, env: { XDG_DATA_HOME: '/data/asha' } }, '/data/asha/tickscope'],
    ['Linux, nonsense', { ...asha, env: { XDG_DATA_HOME: 'data' } }, '/home/asha/.local/share/tickscope'],
    [
      'macOS',
      { platform: 'darwin', home: '/Users/asha', env: { XDG_DATA_HOME: '/data' } },
      '/Users/asha/Library/Application Support/Tickscope',
    ],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\asha', env: { APPDATA: 'D:\\Roaming' } },
      'D:\\Roaming\\Tickscope',
    ],
    [
      'Windows without APPDATA',
      { platform: 'win32', home: 'C:\\Users\\asha', env: {} },
      'C:\\Users\\asha\\AppData\\Roaming\\Tickscope',
    ],
  ] as const)('on %s', (_system, machine, expected) => {
    expect(dataDir(machine)).toBe(expected);
  });

  it('is where TICKSCOPE_DATA_DIR says, on every system', () => {
    const env = { TICKSCOPE_DATA_DIR: 'here', XDG_DATA_HOME: '/data' };
    expect(dataDir({ ...asha, env })).toBe(resolve('here'));
    expect(dataDir({ ...asha, env: { ...env, TICKSCOPE_DATA_DIR: '' } })).toBe('/data/tickscope');
  });

  it('is made with all that belongs in it', () => {
    const dir = join(tempFolder(), 'a', 'tickscope');
    expect(prepareDataDir(dir)).toEqual({
      dir,
      store: join(dir, 'tickscope.sqlite'),
      simulatedStore: join(dir, 'simulated.sqlite'),
      replayStore: join(dir, 'replay.sqlite'),
      vault: join(dir, 'vault.json'),
      logs: join(dir, 'logs'),
      cache: join(dir, 'cache'),
      backups: join(dir, 'backups'),
      exports: join(dir, 'exports'),
    });
    for (const folder of ['logs', 'cache']) expect(statSync(join(dir, folder)).isDirectory()).toBe(true);
    prepareDataDir(dir);
  });

  it.runIf(hasFileModes)('is for its owner only', () => {
    const dir = join(tempFolder(), 'tickscope');
    prepareDataDir(dir);
    for (const folder of [dir, join(dir, 'logs')]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('that is a file is refused', () => {
    const dir = join(tempFolder(), 'tickscope');
    writeFileSync(dir, 'mine');
    const error = appErrorOf(() => prepareDataDir(dir));
    expect(error.code).toBe('storage');
    expect(error.message).toContain(dir);
    expect(error.message).toContain('TICKSCOPE_DATA_DIR');
  });

  it.runIf(hasFileModes)('that may not be written is refused', () => {
    const folder = tempFolder();
    const dir = join(folder, 'tickscope');
    mkdirSync(dir);
    chmodSync(dir, 0o555);
    asOrdinaryUser(folder, () => {
      expect(appErrorOf(() => prepareDataDir(dir)).message).toContain(`cannot write to its data folder ${dir}`);
    });
  });
});
