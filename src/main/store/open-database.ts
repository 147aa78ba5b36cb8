import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { EpochMs } from '../../core/brand.ts';
import type { AppError } from '../../core/errors.ts';
import { makeFolder } from '../make-folder.ts';
import { makeShrinkable } from './create-tables.ts';
import { inspectFile } from './inspect-file.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/all.ts';
import { finishRepair, repair, type SetAside } from './set-aside.ts';
import { isDamage, storageError, unwritableFolder } from './storage-error.ts';
import { lockStore } from './store-lock.ts';
import { clearSuspect, markSuspect } from './suspect.ts';

/** 64 MB: rewritten in about half a second. */
const CONVERTED_PAGES = 16_384;

export interface OpenedDatabase {
  readonly db: Database.Database;
  /** The AppError for what a statement threw; remembers damage, so that the next opening looks at every page. */
  failure(thrown: unknown): AppError;
  /** Folds the log into the file, closes, and lets the next one in. */
  close(): void;
}

export interface OpenOptions {
  readonly busyTimeoutMs: number;
  readonly migrations: readonly Migration[];
  /** Goes into the name of a damaged file that is set aside; without it there is only a number. */
  readonly now?: (() => EpochMs) | undefined;
  /** Told after a damaged file was set aside, before the new one is opened. */
  readonly onSetAside?: ((report: SetAside) => void) | undefined;
}

/**
 * Opens the file, creating it and its folder where needed, as the only writer. A damaged one is replaced by a new
 * one with what can still be read. `:memory:` needs no lock.
 */
export function openDatabase(path: string, options: OpenOptions): OpenedDatabase {
  if (path === ':memory:') {
    const db = connect(path, options, true);
    return { db, failure: (thrown) => storageError(thrown, path), close: () => db.close() };
  }
  prepareFolder(dirname(path));
  // Looked at first, so that nothing of ours is left beside a file that is not.
  const state = inspectFile(path, options.migrations);
  const unlock = lockStore(path);
  try {
    const blank = state === 'sound' ? false : settle(path, options);
    const db = connectOrUndo(path, options, blank);
    clearSuspect(path);
    return { db, failure: (thrown) => failure(thrown, path), close: () => close(db, path, unlock) };
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

/** Leaves at `path` a file that is sound, or none; true means none. */
function settle(path: string, { migrations, now, onSetAside }: OpenOptions): boolean {
  finishRepair(path);
  // Once more, since another Tickscope may have repaired it before we had the lock.
  const state = inspectFile(path, migrations);
  if (state !== 'damaged') return state === 'blank';
  const report = repair(path, migrations, now?.());
  onSetAside?.(report);
  return !existsSync(path);
}

function failure(thrown: unknown, path: string): AppError {
  if (isDamage(thrown)) markSuspect(path);
  return storageError(thrown, path);
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw unwritableFolder(folder, cause);
  }
}

/** A file that we began and could not finish does not stay behind. */
function connectOrUndo(path: string, options: OpenOptions, blank: boolean): Database.Database {
  try {
    return connect(path, options, blank);
  } catch (thrown) {
    if (blank) for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    throw storageError(thrown, path);
  }
}

function connect(path: string, { migrations, busyTimeoutMs }: OpenOptions, blank: boolean): Database.Database {
  const db = new Database(path, { timeout: busyTimeoutMs });
  try {
    if (blank) makeShrinkable(db);
    db.pragma('journal_mode = WAL');
    // In WAL mode NORMAL may lose the newest transactions with the power; a signal must survive that.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Bars of fifty instruments land on as many pages; 16 MB keep those in memory.
    db.pragma('cache_size = -16384');
    // A statement of many rows keeps a journal of its own while it runs: in memory, not in a file.
    db.pragma('temp_store = MEMORY');
    db.pragma('journal_size_limit = 67108864');
    migrate(db, migrations);
    if (!blank) convertSmall(db);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** A file of an older Tickscope cannot shrink until it was rewritten once, which up to this size is quick. */
function convertSmall(db: Database.Database): void {
  const pages = Number(db.pragma('page_count', { simple: true }));
  if (Number(db.pragma('auto_vacuum', { simple: true })) !== 0 || pages > CONVERTED_PAGES) return;
  makeShrinkable(db);
  try {
    db.exec('VACUUM');
  } catch {
    // No room for a second copy, or another program reads: it stays as it is, and is tried again next time.
  }
}

function close(db: Database.Database, path: string, unlock: () => void): void {
  if (!db.open) return;
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (thrown) {
    throw storageError(thrown, path);
  } finally {
    db.close();
    unlock();
  }
}
