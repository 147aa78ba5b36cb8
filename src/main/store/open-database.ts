import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../make-folder.ts';
import { isBlank } from './inspect-file.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/all.ts';
import { storageError, unwritableFolder } from './storage-error.ts';
import { lockStore } from './store-lock.ts';

export interface OpenedDatabase {
  readonly db: Database.Database;
  /** Folds the log into the file, closes, and lets the next one in. */
  close(): void;
}

/** Opens the file, creating it and its folder where needed, as the only writer. `:memory:` needs no lock. */
export function openDatabase(path: string, migrations: readonly Migration[], busyTimeoutMs: number): OpenedDatabase {
  if (path === ':memory:') {
    const db = connect(path, migrations, busyTimeoutMs);
    return { db, close: () => db.close() };
  }
  prepareFolder(dirname(path));
  // Looked at first, so that nothing of ours is left beside a file that is not.
  const blank = isBlank(path, migrations.length);
  const unlock = lockStore(path);
  try {
    const db = connectOrUndo(path, migrations, busyTimeoutMs, blank);
    return { db, close: () => close(db, path, unlock) };
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw unwritableFolder(folder, cause);
  }
}

/** A file that we began and could not finish does not stay behind. */
function connectOrUndo(
  path: string,
  migrations: readonly Migration[],
  busyTimeoutMs: number,
  blank: boolean,
): Database.Database {
  try {
    return connect(path, migrations, busyTimeoutMs);
  } catch (thrown) {
    if (blank) for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    throw storageError(thrown, path);
  }
}

function connect(path: string, migrations: readonly Migration[], busyTimeoutMs: number): Database.Database {
  const db = new Database(path, { timeout: busyTimeoutMs });
  try {
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
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
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
