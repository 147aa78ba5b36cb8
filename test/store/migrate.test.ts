import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { APPLICATION_ID, migrate, schemaVersion } from '../../src/main/store/migrate.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { OLD_ROWS, type Row } from './old-rows.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';

const schemaOf = (path: string): unknown[] => {
  const db = new Database(path, { readonly: true });
  const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  db.close();
  return schema;
};

function insert(db: Database.Database, table: string, row: Row): void {
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(
    ...Object.values(row),
  );
}

describe('the schema', () => {
  const versions = MIGRATIONS.map((_step, version) => version);

  it.each(versions)('is brought up to date from version %i, and every row in it is kept', (version) => {
    const folder = tempFolder();
    const [old, fresh] = [join(folder, 'old.sqlite'), join(folder, 'fresh.sqlite')];
    const db = new Database(old);
    migrate(db, MIGRATIONS.slice(0, version));
    expect(schemaVersion(db)).toBe(version);
    const rows = OLD_ROWS.filter(([since]) => since <= version);
    for (const [, table, row] of rows) insert(db, table, row);
    db.close();

    const store = openStore(old);
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toEqual(Float64Array.from(version > 0 ? [42] : []));
    store.saveBars({ batches: [{ candles: [bar(1, 43)], provenance: 'live' }] });
    store.close();
    openStore(fresh).close();
    expect(schemaOf(old)).toEqual(schemaOf(fresh));

    const now = new Database(old, { readonly: true });
    expect(schemaVersion(now)).toBe(MIGRATIONS.length);
    for (const [, table, row, defaults] of rows)
      expect(now.prepare(`SELECT * FROM ${table} ORDER BY 1 LIMIT 1`).get(), table).toEqual({ ...row, ...defaults });
    now.close();
  });

  it('has a row to test with for every table', () => {
    const db = new Database(':memory:');
    migrate(db);
    const tables = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'")
      .pluck()
      .all();
    expect(OLD_ROWS.map(([, table]) => table).sort()).toEqual(tables.sort());
  });

  it('names its file as ours and counts its steps', () => {
    const db = new Database(':memory:');
    migrate(db);
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(schemaVersion(db)).toBe(MIGRATIONS.length);
    expect(APPLICATION_ID.toString(16)).toBe(Buffer.from('TKSC').toString('hex'));
  });

  it('runs no step twice', () => {
    const db = new Database(':memory:');
    const ran: string[] = [];
    const steps = ['a', 'b', 'c'].map((name) => () => void ran.push(name));
    migrate(db, steps.slice(0, 2));
    migrate(db, steps);
    migrate(db, steps);
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('has strict tables only', () => {
    const db = new Database(':memory:');
    migrate(db);
    const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'").raw().all();
    expect(tables).toHaveLength(OLD_ROWS.length);
    expect(tables.map((table) => (table as unknown[])[1])).toEqual(Array(OLD_ROWS.length).fill(1));
  });
});

describe('a migration that fails', () => {
  const broken = [...MIGRATIONS, 'CREATE TABLE half_done (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);'];

  it('leaves the file as it was, to the byte', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const before = openStore(path);
    before.saveBars({ batches: [{ candles: [bar(0, 42)], provenance: 'live' }] });
    before.close();
    const bytes = readFileSync(path);
    expect(appErrorOf(() => openStore(path, { migrations: broken })).message).toContain(path);
    expect(readFileSync(path).equals(bytes)).toBe(true);

    const again = openStore(path);
    expect(again.loadCandles(INFY, '1m', ...FOREVER).close).toEqual(Float64Array.of(42));
    again.close();
  });

  it('leaves no file where there was none', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    expect(appErrorOf(() => openStore(path, { migrations: broken })).code).toBe('storage');
    expect(existsSync(path)).toBe(false);
    openStore(path).close();
  });
});
