import Database from 'better-sqlite3';

/** Changes a store behind its back, as somebody would who knows SQL: its triggers are dropped first. */
export function tamper(path: string, sql: string, ...values: readonly (string | number)[]): void {
  const db = new Database(path);
  for (const trigger of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${String(trigger)}`);
  if (values.length === 0) db.exec(sql);
  else db.prepare(sql).run(...values);
  db.close();
}
