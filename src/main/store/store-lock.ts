import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import { storageError } from './storage-error.ts';

/**
 * Makes this process the only writer of the store at `path`; returns the way to give that up.
 *
 * The lock is an empty SQLite file beside the store, held in an exclusive transaction. The operating system
 * lets go of it with the process, so nothing stale is left after a crash, and the store itself stays readable
 * for other programs, which `locking_mode = EXCLUSIVE` would forbid. The file is never deleted: deleting a lock
 * that somebody is about to take is how two come to hold it.
 */
export function lockStore(path: string): () => void {
  const lockPath = `${path}.lock`;
  let lock: Database.Database | undefined;
  try {
    lock = new Database(lockPath, { timeout: 0 });
    lock.pragma('journal_mode = OFF');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    lock?.close();
    if (thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'storage',
        `Another Tickscope is already using ${path}. Close it first, or give this one a folder of its own with TICKSCOPE_DATA_DIR.`,
        { cause: thrown },
      );
    }
    throw storageError(thrown, lockPath);
  }
  const held = lock;
  return () => held.close();
}
