import Database from 'better-sqlite3';
import type { Migration } from './migrations/all.ts';

/** Every column of every table, as `table.column`. */
export type SchemaShape = ReadonlySet<string>;

/** What is in the file. Tables whose definition cannot be read are left out. */
export function shapeOf(db: Database.Database): SchemaShape {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  return new Set(tables.flatMap((table) => columnsOf(db, table).map(({ name }) => `${table}.${name}`)));
}

/** What the first `version` steps make. */
export function shapeAt(version: number, migrations: readonly Migration[]): SchemaShape {
  const db = new Database(':memory:');
  try {
    for (const step of migrations.slice(0, version)) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    return shapeOf(db);
  } finally {
    db.close();
  }
}

/** What a file at that version has, and what only the steps to come will make. */
export function expectedAt(
  version: number,
  migrations: readonly Migration[],
): Record<'present' | 'absent', SchemaShape> {
  const present = shapeAt(version, migrations);
  if (version === migrations.length) return { present, absent: new Set() };
  const newest = [...shapeAt(migrations.length, migrations)];
  return { present, absent: new Set(newest.filter((column) => !present.has(column))) };
}

export function isWithin(part: SchemaShape, whole: SchemaShape): boolean {
  return [...part].every((column) => whole.has(column));
}

/** The version whose shape is most like this one; the newest of equals. */
export function likelyVersion(shape: SchemaShape, migrations: readonly Migration[]): number {
  let best = migrations.length;
  let least = Number.POSITIVE_INFINITY;
  for (let version = migrations.length; version > 0; version -= 1) {
    const then = shapeAt(version, migrations);
    const unlike = [...then].filter((column) => !shape.has(column)).length;
    const left = [...shape].filter((column) => !then.has(column)).length;
    if (unlike + left < least) [best, least] = [version, unlike + left];
  }
  return best;
}

export interface Column {
  readonly name: string;
  readonly type: string;
  /** Its place in the primary key, from 1; 0 outside of it. */
  readonly pk: number;
}

/** Empty when there is no such table, or its definition cannot be read. */
export function columnsOf(db: Database.Database, table: string): readonly Column[] {
  return db.prepare<[string], Column>('SELECT name, type, pk FROM pragma_table_info(?)').all(table);
}
