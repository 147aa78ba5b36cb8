import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { makeFolder } from '../make-folder.ts';

/** Where everything lies that this installation keeps. docs/data.md explains each to its owner. */
export interface DataPaths {
  readonly dir: string;
  /** Real prices, and the settings. */
  readonly store: string;
  /** Invented prices have files of their own: docs/adr/0002-one-store-per-world.md. */
  readonly simulatedStore: string;
  readonly replayStore: string;
  readonly vault: string;
  readonly logs: string;
  readonly cache: string;
  /** Copies of databases, and bars written to files: made when a person first asks for one. */
  readonly backups: string;
  readonly exports: string;
}

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const THIS_MACHINE: Machine = { env: process.env, platform: process.platform, home: homedir() };

/**
 * The data folder: `TICKSCOPE_DATA_DIR`, or the place where the system keeps such things. On Linux that is
 * `XDG_DATA_HOME` (https://specifications.freedesktop.org/basedir-spec/: a relative path there is ignored).
 */
export function dataDir({ env, platform, home }: Machine = THIS_MACHINE): string {
  const chosen = env['TICKSCOPE_DATA_DIR'];
  if (chosen) return resolve(chosen);
  if (platform === 'win32') return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Tickscope');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Tickscope');
  const xdg = env['XDG_DATA_HOME'];
  return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'tickscope');
}

/** Makes the folder, for its owner's eyes only, and names what lies in it. Throws an AppError when it cannot be written. */
export function prepareDataDir(dir: string): DataPaths {
  const logs = join(dir, 'logs');
  const cache = join(dir, 'cache');
  try {
    for (const folder of [dir, logs, cache]) {
      makeFolder(folder, 0o700);
      accessSync(folder, constants.W_OK | constants.X_OK);
    }
  } catch (cause) {
    const message = `Tickscope cannot write to its data folder ${dir}. Allow writing to it, or name another with TICKSCOPE_DATA_DIR.`;
    throw new AppError('storage', message, { cause });
  }
  return {
    dir,
    store: join(dir, 'tickscope.sqlite'),
    simulatedStore: join(dir, 'simulated.sqlite'),
    replayStore: join(dir, 'replay.sqlite'),
    vault: join(dir, 'vault.json'),
    logs,
    cache,
    backups: join(dir, 'backups'),
    exports: join(dir, 'exports'),
  };
}
