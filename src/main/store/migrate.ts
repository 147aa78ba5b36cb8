import type { Database } from 'better-sqlite3';
import { MIGRATIONS, type Migration } from './migrations/all.ts';

/** "TKSC": written into the file's header, so that we know our own and leave others alone. */
export const APPLICATION_ID = 0x54_4b_53_43;

/**
 * Brings the schema up to date: all missing steps and the new version in one transaction, or nothing.
 * The version is written even when nothing is missing, so that a file we cannot write is found out now:
 * SQLite quietly opens such a file for reading.
 */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  const run = db.transaction(() => {
    for (const step of migrations.slice(schemaVersion(db))) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

/** How many migrations the file has seen. */
export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
