import Database from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';

/** What SQLite's result codes (https://sqlite.org/rescode.html) mean to the person at the screen. */
const SENTENCES: readonly (readonly [code: RegExp, sentence: (path: string) => string])[] = [
  [/^SQLITE_FULL/, (path) => `The disk is full, so ${path} cannot grow. Free some space, then start Tickscope again.`],
  [/^SQLITE_READONLY/, (path) => `The database ${path} is read-only. Allow writing to the file and its folder.`],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    (path) => `The database ${path} is locked by another program. Close that program, then try again.`,
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB|FORMAT)/,
    (path) =>
      `The database ${path} is damaged. Start Tickscope again: it sets the file aside and carries over what can still be read.`,
  ],
  [
    /^SQLITE_(CANTOPEN|PERM|AUTH)/,
    (path) => `The database ${path} cannot be opened. Check that the file and its folder may be read and written.`,
  ],
  [/^SQLITE_IOERR/, (path) => `The disk refused to read or write ${path}. Check the disk and its free space.`],
];

/** An AppError about the database at `path`, whatever SQLite threw. AppErrors pass through. */
export function storageError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  const sentence = SENTENCES.find(([pattern]) => pattern.test(code))?.[1];
  const message = sentence?.(path) ?? `The database ${path} could not do what was asked. The log has the details.`;
  return new AppError('storage', message, { cause: thrown, context: code === '' ? {} : { code } });
}

/** SQLite's or the system's word for what went wrong: `SQLITE_FULL`, `ENOSPC`; empty when there is none. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** Whether the file's content is not what SQLite wrote. */
export function isDamage(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(thrown.code);
}

/** For a file that is no database, or a damaged one that may not be ours to set aside. */
export function notADatabase(path: string, cause?: unknown): AppError {
  const message = `The file ${path} is damaged or not a database. Nothing was changed; move it away, or put a backup in its place.`;
  return new AppError('storage', message, { cause });
}

/** For a folder in which no file can be made. */
export function unwritableFolder(folder: string, cause: unknown): AppError {
  const message = `Tickscope cannot write to the folder ${folder}. Allow writing to it, or name a file elsewhere; TICKSCOPE_DATA_DIR names another data folder.`;
  return new AppError('storage', message, { cause });
}
