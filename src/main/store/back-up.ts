import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import { CHECKED_BYTES } from './inspect-file.ts';
import { codeOf, storageError } from './storage-error.ts';

/**
 * Copies the store of `db`, as it is now, into the new file `path`, some pages at a time, so that work goes on
 * meanwhile; what this connection writes by then is in the copy too. The copy has no log and needs no other file.
 * Until it is complete it is called `<path>.part`. Each page of a copy of up to `checkedBytes` is looked at, which
 * cannot be done bit by bit. Answers the copy's size in bytes.
 *
 * Throws an AppError that says what to do when there is such a file, the folder cannot be written or the disk is
 * full; nothing is left behind then.
 */
export async function backUp(db: Database.Database, path: string, checkedBytes = CHECKED_BYTES): Promise<number> {
  const part = `${path}.part`;
  refuseExisting(path);
  refuseExisting(part);
  try {
    await db.backup(part);
    finish(part, checkedBytes);
    // Somebody may have been quicker. Renaming would put our file in place of theirs.
    refuseExisting(path);
    renameSync(part, path);
    return statSync(path).size;
  } catch (thrown) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
    throw db.open ? backUpError(thrown, path) : ended(path, thrown);
  }
}

function ended(path: string, cause: unknown): AppError {
  const message = `The backup ${path} was not made, because Tickscope ended meanwhile. Start it again, and try again.`;
  return new AppError('storage', message, { cause });
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  const message = `The file ${path} exists already and was not touched. Give the backup a name that is not taken.`;
  throw new AppError('invalid-input', message);
}

/** The copy says of itself that it has a log, as the store does; a copy is better off without. */
function finish(path: string, checkedBytes: number): void {
  const copy = new Database(path, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    if (statSync(path).size > checkedBytes) return;
    if (copy.pragma('integrity_check(1)', { simple: true }) === 'ok') return;
  } finally {
    copy.close();
  }
  const message = `The backup was not made, because the database is damaged. Start Tickscope again, which repairs it, and then try again.`;
  throw new AppError('storage', message);
}

function backUpError(thrown: unknown, path: string): AppError {
  const code = codeOf(thrown);
  const say = (message: string): AppError => new AppError('storage', message, { cause: thrown, context: { code } });
  if (/^(SQLITE_FULL|ENOSPC)/.test(code))
    return say(
      `The disk is full, so the backup ${path} was not made. Free some space, or name a file on another disk.`,
    );
  // better-sqlite3 has no code for a folder that is not there.
  if (
    thrown instanceof TypeError ||
    /^(SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|ENOENT|EROFS)/.test(code)
  )
    return say(
      `The backup ${path} cannot be written. Check that its folder is there and may be written, or name another.`,
    );
  return storageError(thrown, path);
}
