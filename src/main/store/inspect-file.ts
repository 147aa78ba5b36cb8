import { statSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import { APPLICATION_ID, schemaVersion } from './migrate.ts';
import type { Migration } from './migrations/all.ts';
import { expectedAt, isWithin, shapeAt, shapeOf } from './schema-shape.ts';
import { isDamage, notADatabase, storageError } from './storage-error.ts';
import { isSuspect } from './suspect.ts';

const MB = 1024 * 1024;
/** Up to this size (about half a million bars) every page is looked at, which takes well under a second. */
export const CHECKED_BYTES = 32 * MB;
/** The same after a run that did not end well; about three seconds. */
const CHECKED_AFTER_CRASH_BYTES = 1024 * MB;
/** No file is a thousand steps newer than we are: such a number is damage, not a version. */
const MOST_NEWER_STEPS = 1_000;

/** Nothing in it yet; as we left it; ours, but with pages or a header that are not what we wrote. */
export type FileState = 'blank' | 'sound' | 'damaged';

/**
 * Looks at the file without changing a byte. Throws when it is not ours to write: a folder, another program's
 * database, no database at all, or from a newer Tickscope, which knows more steps than `migrations`. To the depth
 * of the header it leaves the pages unread.
 *
 * Only SQLite reads the file: opening and closing it by other means would drop the locks of a connection that
 * this process may have on it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export function inspectFile(
  path: string,
  migrations: readonly Migration[],
  depth: 'pages' | 'header' = 'pages',
): FileState {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'blank';
  if (!stat.isFile())
    throw new AppError('storage', `${path} is a folder or device, not a file. Name a file for the database instead.`);
  if (stat.size === 0) return 'blank';
  // SQLite takes one byte for none, and would write over it.
  if (stat.size === 1) {
    if (hasOurName(path)) return 'damaged';
    throw notADatabase(path);
  }
  try {
    return inspectDatabase(path, migrations, depth === 'pages' ? stat.size : undefined);
  } catch (thrown) {
    if (!isDamage(thrown)) throw storageError(thrown, path);
    if (hasOurName(path)) return 'damaged';
    throw notADatabase(path, thrown);
  }
}

/** Looks at every page of a file of that size where the rules above say so; of none when there is no size. */
function inspectDatabase(path: string, migrations: readonly Migration[], size: number | undefined): FileState {
  const logBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size;
  // A read-only connection does not write a foreign log back into its file; but it leaves the log's two files
  // behind if it had to create them, so without a log a normal connection, which removes them, is the quiet one.
  const db = new Database(path, { readonly: logBytes !== undefined, fileMustExist: true });
  try {
    if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID)
      return inspectUnmarked(db, path, migrations);
    if (schemaVersion(db) > migrations.length + MOST_NEWER_STEPS) return 'damaged';
    if (schemaVersion(db) > migrations.length)
      throw new AppError(
        'storage',
        `The database ${path} was written by a newer Tickscope. Nothing was changed; install the newest version to open it.`,
      );
    const unended = logBytes !== undefined && logBytes > 0;
    const limit = isSuspect(path) ? Number.POSITIVE_INFINITY : unended ? CHECKED_AFTER_CRASH_BYTES : CHECKED_BYTES;
    return isWhole(db, migrations, size !== undefined && size <= limit) ? 'sound' : 'damaged';
  } finally {
    db.close();
  }
}

/** A file without our mark: nothing in it, another program's, or ours with a damaged header. */
function inspectUnmarked(db: Database.Database, path: string, migrations: readonly Migration[]): FileState {
  const shape = shapeOf(db);
  if (shape.size === 0 && Number(db.pragma('application_id', { simple: true })) === 0) return 'blank';
  if (hasOurName(path) && isWithin(shapeAt(1, migrations), shape)) return 'damaged';
  throw new AppError(
    'storage',
    `The file ${path} is the database of another program. Nothing was changed; name another file.`,
  );
}

/** Whether the tables are those of the file's version, and, when `all` pages are to be looked at, each is in order. */
function isWhole(db: Database.Database, migrations: readonly Migration[], all: boolean): boolean {
  const { present, absent } = expectedAt(schemaVersion(db), migrations);
  try {
    const shape = shapeOf(db);
    if (!isWithin(present, shape) || [...absent].some((column) => shape.has(column))) return false;
    return !all || db.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch (thrown) {
    // "Unsupported file format" is an SQLITE_ERROR like any other.
    if (isDamage(thrown) || (thrown instanceof Database.SqliteError && thrown.code === 'SQLITE_ERROR')) return false;
    throw thrown;
  }
}

/** As our own files are called; anything else may be a file of the person's, named by mistake. */
function hasOurName(path: string): boolean {
  return /^(tickscope|simulated|simulated-.+|replay|replay-.+)\.sqlite$/.test(basename(path));
}
