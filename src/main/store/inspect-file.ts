import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import { APPLICATION_ID, schemaVersion } from './migrate.ts';
import { damaged, storageError } from './storage-error.ts';

/** Up to this size (about half a million bars) every page is looked at, which takes well under a second. */
const CHECKED_BYTES = 32 * 1024 * 1024;

/**
 * Refuses, without changing a byte, a file that is not ours to write: no database, damaged, another program's,
 * or written by a newer Tickscope that knows more than `newestVersion`. True when there is nothing in it yet.
 *
 * Only SQLite reads the file: opening and closing it by other means would drop the locks of a connection that
 * this process may have on it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export function isBlank(path: string, newestVersion: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  if (!stat.isFile())
    throw new AppError('storage', `${path} is a folder or device, not a file. Name a file for the database instead.`);
  if (stat.size === 0) return true;
  try {
    inspectDatabase(path, newestVersion, stat.size);
    return false;
  } catch (thrown) {
    throw storageError(thrown, path);
  }
}

function inspectDatabase(path: string, newestVersion: number, size: number): void {
  // A read-only connection does not write a foreign log back into its file; but it leaves the log's two files
  // behind if it had to create them, so without a log a normal connection, which removes them, is the quiet one.
  const readonly = statSync(`${path}-wal`, { throwIfNoEntry: false }) !== undefined;
  const db = new Database(path, { readonly, fileMustExist: true });
  try {
    const application = Number(db.pragma('application_id', { simple: true }));
    const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
    if (application === 0 && tables === 0) return;
    if (application !== APPLICATION_ID)
      throw new AppError(
        'storage',
        `The file ${path} is the database of another program. Nothing was changed; name another file.`,
      );
    if (schemaVersion(db) > newestVersion)
      throw new AppError(
        'storage',
        `The database ${path} was written by a newer Tickscope. Nothing was changed; install the newest version to open it.`,
      );
    if (size <= CHECKED_BYTES && db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new AppError('storage', damaged(path));
  } finally {
    db.close();
  }
}
