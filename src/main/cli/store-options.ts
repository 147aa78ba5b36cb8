import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { settingsSchema } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { BROKERS } from '../brokers/registry.ts';
import type { Store } from '../engine/store-port.ts';
import { openTold } from '../open-world-store.ts';
import { dataDir, prepareDataDir } from '../platform/paths.ts';
import { systemClock } from '../platform/system-clock.ts';
import { openReader, type StoreReader } from '../store/open-reader.ts';
import { worldStorePath } from '../world-store.ts';
import { type CliIo, UsageError } from './cli-command.ts';
import { OWN_CALENDAR } from './known-market.ts';
import { EVER, NEVER } from './stored-market.ts';

/** For `parseArgs`: which store a verb is about. */
export const STORE_OPTIONS = { db: { type: 'string' }, data: { type: 'string' } } as const;

/** For `--help`. */
export const STORE_HELP = `  --db FILE    this database instead of that of the feed chosen in Settings
  --data DIR   the data folder whose settings are asked; otherwise TICKSCOPE_DATA_DIR or the system's usual place`;

export interface StoreChoice {
  readonly db?: string | undefined;
  readonly data?: string | undefined;
}

/**
 * Opens the store of `--db`, or that of the feed chosen in the saved settings, without disturbing whoever writes it.
 * Where that feed has stored nothing, but real prices are there, it is these, and a sentence says so.
 */
export function openChosenStore(choice: StoreChoice, io: CliIo): StoreReader {
  const { db } = checked(choice);
  if (db === undefined) return openReader(pathOfFeed(dataFolder(choice, io), io));
  const path = resolve(io.cwd, db);
  if (!existsSync(path)) throw new AppError('not-found', `There is no database ${path}. Check the name after --db.`);
  return openReader(path);
}

/** Where bars of real markets go: `--db`, or the data folder's store of real prices. */
export function marketStorePath(choice: StoreChoice, io: CliIo): string {
  const { db } = checked(choice);
  return db === undefined ? prepareDataDir(dataFolder(choice, io)).store : resolve(io.cwd, db);
}

function checked(choice: StoreChoice): StoreChoice {
  const { db, data } = choice;
  if (db !== undefined && data !== undefined)
    throw new UsageError('--db names one database and --data a folder of them: give one of the two.');
  if (db === '' || data === '') throw new UsageError('--db takes a file and --data a folder, not nothing.');
  return choice;
}

/** Opens a database to write into it. A damaged one is set aside, and what became of it is told. */
export function openForWriting(path: string, { talk }: Pick<CliIo, 'talk'>): Store {
  return openTold(path, { clock: systemClock, onTrouble: ({ message }) => void talk.write(`${message}\n`) });
}

/**
 * The data folder: where the settings are, and the owner's own calendar. A database with a calendar beside it lies in
 * the data folder that it belongs to. Nothing is made.
 */
export function dataFolder({ db, data }: StoreChoice, { env, cwd }: Pick<CliIo, 'env' | 'cwd'>): string {
  const beside = db === undefined ? undefined : dirname(resolve(cwd, db));
  if (beside !== undefined && existsSync(join(beside, OWN_CALENDAR))) return beside;
  return data === undefined ? dataDir({ env, platform: process.platform, home: homedir() }) : resolve(cwd, data);
}

function pathOfFeed(dir: string, { talk }: Pick<CliIo, 'talk'>): string {
  const home = join(dir, 'tickscope.sqlite');
  if (!existsSync(home))
    throw new AppError(
      'not-found',
      `There is no Tickscope data in ${dir} yet. Start Tickscope once, or name a database with --db.`,
    );
  const reader = openReader(home);
  let stored: unknown;
  let hasBars: boolean;
  try {
    stored = reader.readDocument('settings');
    hasBars = reader.coveredInstruments(EVER, NEVER).length > 0;
  } finally {
    reader.close();
  }
  const settings = settingsSchema.safeParse(stored ?? {});
  const { feed } = settings.success ? settings.data : settingsSchema.parse({});
  const broker = BROKERS.find(({ manifest }) => manifest.id === feed.source);
  const path = broker === undefined ? home : worldStorePath(prepareDataDir(dir), broker.manifest, feed);
  if (existsSync(path)) return path;
  const label = broker?.manifest.label ?? feed.source;
  if (!hasBars)
    throw new AppError(
      'not-found',
      `The feed chosen in Settings, ${label}, has stored nothing in ${dir} yet. ` +
        'Start Tickscope with it once, or name a database with --db.',
    );
  // So it is after an import, and after a launch with another feed than the saved one.
  talk.write(`The feed chosen in Settings, ${label}, has stored nothing yet; these are the real prices in ${home}.\n`);
  return home;
}
