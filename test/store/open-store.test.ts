import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { CandleRepository } from '../../src/main/store/candle-repository.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { storageError } from '../../src/main/store/storage-error.ts';
import { asOrdinaryUser, hasFileModes, tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';

/** A store at `path` with `bars` bars in it, closed. */
function filled(path: string, bars: number): string {
  const store = openStore(path);
  const candles = Array.from({ length: bars }, (_, index) => bar(index, index + 1));
  store.saveBars({ batches: [{ candles, provenance: 'live' }] });
  store.close();
  return path;
}

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Opening must fail with such a sentence, and leave everything in the folder as it was. */
function expectRefused(path: string, folder: string, ...words: readonly string[]): void {
  const files = (): [string, string][] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, digest(file)]);
  const before = files();
  const error = appErrorOf(() => openStore(path, { busyTimeoutMs: 20 }));
  expect(error.code).toBe('storage');
  for (const word of words) expect(error.message).toContain(word);
  expect(error.message).toMatch(/\.$/);
  expect(files()).toEqual(before);
}

describe('opening a store', () => {
  it('makes the file and its folder', () => {
    const path = join(tempFolder(), 'a', 'b', 'tickscope.sqlite');
    openStore(path).close();
    expect(existsSync(path)).toBe(true);
  });

  it('takes an empty file and an empty database for a new one', () => {
    const folder = tempFolder();
    const [file, database] = [join(folder, 'empty'), join(folder, 'empty.sqlite')];
    writeFileSync(file, '');
    const db = new Database(database);
    db.pragma('user_version = 0');
    db.exec('VACUUM');
    db.close();
    for (const path of [file, database]) expect(filled(path, 3)).toBe(path);
  });

  it('writes ahead while open, and leaves no log when closed', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path);
    const other = new Database(path, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    other.close();
    expect(readdirSync(join(path, '..'))).not.toContain('tickscope.sqlite.lock-journal');
    store.close();
    expect(readdirSync(join(path, '..')).sort()).toEqual(['tickscope.sqlite', 'tickscope.sqlite.lock']);
  });

  it('lets other programs read meanwhile', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path);
    store.saveBars({ batches: [{ candles: [bar(0, 42)], provenance: 'live' }] });
    const other = new Database(path, { readonly: true });
    expect(other.prepare('SELECT close FROM candle').pluck().all()).toEqual([42]);
    other.close();
    store.close();
  });
});

describe('a store that cannot be opened', () => {
  it('in a folder that is a file', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'notes'), 'mine');
    expectRefused(
      join(folder, 'notes', 'tickscope.sqlite'),
      folder,
      'cannot write to the folder',
      'TICKSCOPE_DATA_DIR',
    );
  });

  it.runIf(hasFileModes)('in a folder that may not be written', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o555);
    asOrdinaryUser(folder, () =>
      expectRefused(join(folder, 'locked', 'tickscope.sqlite'), folder, 'cannot write to the folder'),
    );
  });

  it.runIf(hasFileModes)('in a file that may not be written', () => {
    const folder = tempFolder();
    const path = filled(join(folder, 'tickscope.sqlite'), 3);
    chmodSync(path, 0o444);
    chmodSync(`${path}.lock`, 0o666);
    const before = digest(path);
    const error = asOrdinaryUser(folder, () => appErrorOf(() => openStore(path)));
    expect(error.message).toContain(`${path} is read-only`);
    expect(digest(path)).toBe(before);
  });

  it('because it is a folder', () => {
    const folder = tempFolder();
    expectRefused(folder, folder, folder, 'is a folder', 'Name a file');
  });

  it.each(['live', 'log'])('because another program made it (%s)', (state) => {
    const folder = tempFolder();
    const path = join(folder, 'contacts.sqlite');
    const db = new Database(path);
    if (state === 'log') db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE contact (name TEXT)');
    db.close();
    expectRefused(path, folder, path, 'another program', 'Nothing was changed');
  });

  it('because its header names another program', () => {
    const folder = tempFolder();
    const path = join(folder, 'map.gpkg');
    const db = new Database(path);
    db.pragma('application_id = 0x47504b47');
    db.close();
    expectRefused(path, folder, 'another program');
  });

  it('because a newer version wrote it', () => {
    const folder = tempFolder();
    const path = join(folder, 'tickscope.sqlite');
    openStore(path, { migrations: [...MIGRATIONS, 'CREATE TABLE next (a TEXT) STRICT'] }).close();
    expectRefused(path, folder, 'newer Tickscope', 'install');
  });

  it.each([
    ['text', 'time,open,high,low,close\n'.repeat(500)],
    ['a short text', 'hello'],
    ['a database whose pages are noise', `SQLite format 3\0${'\u0007'.repeat(8_000)}`],
  ])('because it is %s under a name that is not ours', (_what, content) => {
    const folder = tempFolder();
    const path = join(folder, 'prices.csv');
    writeFileSync(path, content);
    expectRefused(path, folder, path, 'damaged or not a database', 'backup');
  });

  it('because it is open already', () => {
    const folder = tempFolder();
    const path = join(folder, 'tickscope.sqlite');
    const store = openStore(path);
    const error = appErrorOf(() => openStore(path));
    expect(error.message).toContain('Another Tickscope is already using');
    store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance: 'live' }] });
    store.close();
    openStore(path).close();
  });

  it('because another program holds it', () => {
    const folder = tempFolder();
    const path = filled(join(folder, 'tickscope.sqlite'), 3);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    expect(appErrorOf(() => openStore(path, { busyTimeoutMs: 20 })).message).toContain('locked by another program');
    other.close();
    openStore(path).close();
  });
});

describe('a store let down while it runs', () => {
  it('by another program that keeps writing', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path, { busyTimeoutMs: 20 });
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const error = appErrorOf(() => store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance: 'live' }] }));
    expect([error.code, error.context['code']]).toEqual(['storage', 'SQLITE_BUSY']);
    expect(error.message).toContain('locked by another program');
    other.exec('ROLLBACK');
    other.close();
    store.saveBars({ batches: [{ candles: [bar(0, 2)], provenance: 'live' }] });
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toEqual(Float64Array.of(2));
    store.close();
  });

  it('by a full disk', () => {
    const db = new Database(':memory:');
    migrate(db);
    const candles = new CandleRepository(db);
    db.pragma('max_page_count = 20');
    const many = Array.from({ length: 5_000 }, (_, index) => bar(index, 1));
    const error = appErrorOf(() => {
      try {
        db.transaction(() => candles.save({ candles: many, provenance: 'live' }))();
      } catch (thrown) {
        throw storageError(thrown, 'tickscope.sqlite');
      }
    });
    expect(error.message).toContain('disk is full');
    expect(candles.load(INFY, '1m', ...FOREVER).close).toHaveLength(0);
  });
});
