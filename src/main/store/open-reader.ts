import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import type { Store } from '../engine/store-port.ts';
import { backUp } from './back-up.ts';
import { inspectFile } from './inspect-file.ts';
import { schemaVersion } from './migrate.ts';
import { MIGRATIONS, type Migration } from './migrations/all.ts';
import { guardOf, type ReadingMethods, readingMethods } from './reading-methods.ts';
import { openRepositories } from './repositories.ts';
import { storageError } from './storage-error.ts';

/** A store to be looked at. */
export interface StoreReader extends ReadingMethods, Pick<Store, 'path' | 'backUp' | 'close'> {}

/**
 * Opens the store at `path` for reading, whether or not Tickscope has it open and writes: without the lock, and
 * without changing the file. What is written meanwhile is seen by the next call.
 *
 * Throws an AppError that says what to do when there is no such file, or it is another program's, damaged, or of
 * an older or newer version.
 */
export function openReader(path: string, migrations: readonly Migration[] = MIGRATIONS): StoreReader {
  const state = inspectFile(path, migrations, 'header');
  if (state === 'blank')
    throw new AppError(
      'not-found',
      `There is no database in ${path} yet. Start Tickscope once, which makes it, or name another file.`,
    );
  if (state === 'damaged')
    throw new AppError(
      'storage',
      `The database ${path} is damaged. Start Tickscope: it sets the file aside and carries over what can still be read.`,
    );
  try {
    return readerOf(connect(path, migrations), path);
  } catch (thrown) {
    throw storageError(thrown, path);
  }
}

function connect(path: string, migrations: readonly Migration[]): Database.Database {
  // With a log as inspect-file.ts does it, and for the same reason.
  const db = new Database(path, { readonly: existsSync(`${path}-wal`), fileMustExist: true });
  try {
    db.pragma('query_only = ON');
    if (schemaVersion(db) === migrations.length) return db;
    const message = `The database ${path} was written by an older Tickscope. Start Tickscope once, which brings it up to date, and try again.`;
    throw new AppError('storage', message);
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function readerOf(db: Database.Database, path: string): StoreReader {
  const guard = guardOf(db, path, (thrown) => storageError(thrown, path));
  return {
    path,
    ...readingMethods(db, path, openRepositories(db), guard),
    backUp: guard((file) => backUpSnapshot(db, file)),
    close: () => void db.close(),
  };
}

/** All pages as of one moment: without that, each write of the app in between would begin the copy anew. */
async function backUpSnapshot(db: Database.Database, path: string): Promise<number> {
  db.exec('BEGIN');
  try {
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return await backUp(db, path, Number.POSITIVE_INFINITY);
  } finally {
    if (db.open) db.exec('COMMIT');
  }
}
