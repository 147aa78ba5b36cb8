import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { createTables } from './create-tables.ts';
import { copyWithMendedHeader } from './mend-header.ts';
import type { Migration } from './migrations/all.ts';
import { salvagePages } from './salvage-pages.ts';
import { salvageTable } from './salvage-table.ts';
import { isWithin, likelyVersion, shapeAt, shapeOf } from './schema-shape.ts';

/** Rows carried over, by table. */
export type Rescued = Readonly<Record<string, number>>;

interface CopiedTables {
  readonly rescued: Rescued;
  /** Of which something could not be read. */
  readonly broken: readonly string[];
}

/** What a person made or was told: first, and kept even when there is no room for the rest. */
const DEAREST = [
  'document',
  'instrument',
  'order_ticket',
  'alert',
  'evidence',
  'delivery',
  'signal',
  'corporate_action',
];
/** By far the most rows. Bars of a minute and more could come again from history, but seconds and ticks could not. */
const BULK = ['candle', 'tick', 'order_book'];
/** Says that every bar of a stretch is stored: true only if none was lost. */
const CLAIMS = 'covered';

/**
 * Makes the file `fresh`, of the version that the damaged one seems to have, and copies into it what can still be
 * read of the file at `path`, which is not changed. Throws, and leaves no file, when that is nothing at all.
 */
export function salvage(path: string, fresh: string, migrations: readonly Migration[]): Rescued {
  remove(fresh);
  const mended = `${path}.mended`;
  remove(mended);
  const copyMended = (): CopiedTables => {
    remove(fresh);
    copyWithMendedHeader(path, mended);
    return copyOut(mended, fresh, migrations);
  };
  try {
    const read = tryIt(() => copyOut(path, fresh, migrations)) ?? tryIt(() => copyMended());
    if (read === undefined) {
      remove(fresh);
      createTables(fresh, migrations).close();
    }
    const found = tryIt(() => addFromPages(path, fresh, read?.broken)) ?? new Map<string, number>();
    const rescued = { ...read?.rescued };
    for (const [table, rows] of found) rescued[table] = (rescued[table] ?? 0) + rows;
    if (read === undefined && Object.values(rescued).every((rows) => rows === 0))
      throw new Error('No row of ours can be read.');
    return rescued;
  } catch (thrown) {
    remove(fresh);
    throw thrown;
  } finally {
    remove(mended);
  }
}

function copyOut(path: string, fresh: string, migrations: readonly Migration[]): CopiedTables {
  const from = openDamaged(path);
  try {
    const shape = shapeOf(from);
    if (!isWithin(new Set(['document.json']), shape) && !isWithin(shapeAt(1, migrations), shape))
      throw new Error('No table of ours can be read.');
    const to = createTables(fresh, migrations.slice(0, likelyVersion(shape, migrations)));
    try {
      return copyTables(from, to);
    } finally {
      to.close();
    }
  } finally {
    from.close();
  }
}

/** Read-only, and content with what it can understand of the list of tables. */
function openDamaged(path: string): Database.Database {
  // With a log as inspect-file.ts does it, and for the same reason.
  const db = new Database(path, { readonly: existsSync(`${path}-wal`), fileMustExist: true });
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  db.pragma('query_only = ON');
  return db;
}

function copyTables(from: Database.Database, to: Database.Database): CopiedTables {
  const rescued: Record<string, number> = {};
  const whole = new Set<string>();
  const copy = to.transaction((tables: readonly string[]) => {
    const counts = tables.map((table) => [table, salvageTable(from, to, table)] as const);
    for (const [table, { rows, isWhole }] of counts) {
      rescued[table] = rows;
      if (isWhole) whole.add(table);
    }
  });
  const others = tablesOf(to).filter((table) => ![...DEAREST, ...BULK, CLAIMS].includes(table));
  copy.immediate(DEAREST.filter((table) => tablesOf(to).includes(table)));
  // A second transaction: when the disk has no room for all the bars, settings and alerts are safe already.
  const rest = [...others, ...BULK.filter((table) => tablesOf(to).includes(table))];
  if (isSound(from, 'candle') && isSound(from, CLAIMS)) rest.push(CLAIMS);
  tryIt(() => copy.immediate(rest));
  return { rescued, broken: tablesOf(to).filter((table) => table !== CLAIMS && !whole.has(table)) };
}

/** Rows of the `broken` tables, or of all, to which the file's tree leads no more. */
function addFromPages(path: string, fresh: string, broken: readonly string[] | undefined): Map<string, number> {
  const to = new Database(fresh, { fileMustExist: true });
  try {
    const tables = broken ?? tablesOf(to).filter((table) => table !== CLAIMS);
    return to.transaction(() => salvagePages(path, to, tables)).immediate();
  } finally {
    to.close();
  }
}

function tablesOf(db: Database.Database): readonly string[] {
  const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
  return db.prepare<[], string>(tables).pluck().all();
}

function isSound(db: Database.Database, table: string): boolean {
  return tryIt(() => db.pragma(`integrity_check(${table})`, { simple: true })) === 'ok';
}

function tryIt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    // What cannot be read is lost. The damaged file stays, for whoever can do more.
    return undefined;
  }
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
