import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import { storageError, unwritableFolder } from './storage-error.ts';

/**
 * Makes this process the only writer of the store at `path`; returns the way to give that up.
 *
 * The lock is an empty SQLite file beside the store, held in an exclusive transaction. The operating system
 * lets go of it with the process, so nothing stale is left after a crash, and the store itself stays readable
 * for other programs, which `locking_mode = EXCLUSIVE` would forbid. The file is never deleted: deleting a lock
 * that somebody is about to take is how two come to hold it.
 */
export function lockStore(path: string): () => void {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${path}.lock`, { timeout: 0 });
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    lock?.close();
    throw lockError(thrown, path);
  }
  const held = lock;
  return () => held.close();
}

function lockError(thrown: unknown, path: string): AppError {
  const code = thrown instanceof Database.SqliteError ? thrown.code : '';
  if (code.startsWith('SQLITE_BUSY')) {
    const message = `Another Tickscope is already using ${path}. Close it first, or name another file; TICKSCOPE_DATA_DIR gives this one a data folder of its own.`;
    return new AppError('storage', message, { cause: thrown });
  }
  return code.startsWith('SQLITE_CANTOPEN')
    ? unwritableFolder(dirname(path), thrown)
    : storageError(thrown, `${path}.lock`);
}
