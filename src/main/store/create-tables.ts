import Database from 'better-sqlite3';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/all.ts';

/** A new file with nothing but our tables, open, with an ordinary journal. */
export function createTables(path: string, migrations: readonly Migration[]): Database.Database {
  const db = new Database(path);
  try {
    makeShrinkable(db);
    migrate(db, migrations);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/**
 * Lets the file give back room when rows are deleted (https://sqlite.org/pragma.html#pragma_auto_vacuum). Takes
 * effect in a file without a page, and otherwise with the next VACUUM.
 */
export function makeShrinkable(db: Database.Database): void {
  db.pragma('auto_vacuum = INCREMENTAL');
}
