import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/main/store/migrate.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openReader } from '../../src/main/store/open-reader.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { ALERTS, BARS, fill, overwrite, SETTINGS } from './damaged-store.ts';
import { bar, FOREVER, INFY, minute, NIFTY } from './sample-bars.ts';

const contents = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder)
    .sort()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]);

/** A filled store, closed. */
function filled(): { readonly folder: string; readonly path: string } {
  const folder = tempFolder();
  const path = join(folder, 'tickscope.sqlite');
  fill(path);
  return { folder, path };
}

describe('a reader', () => {
  it('reads what the store would', () => {
    const { path } = filled();
    const reader = openReader(path);
    const read = [
      reader.loadCandles(INFY, '1m', minute(1), minute(4)),
      reader.loadCandlesBefore(NIFTY, '1m', minute(9), 2),
      reader.storedCandles(INFY, '1m', minute(0), minute(2)),
      reader.loadAuctions(INFY, ...FOREVER),
      reader.covered(INFY, ...FOREVER),
      reader.coveredInstruments(...FOREVER),
      reader.revisions(...FOREVER),
      reader.corporateActions(),
      reader.instruments(),
      reader.alerts(1_000),
      reader.readDocument('settings'),
      reader.sizeBytes(),
    ];
    reader.close();
    const store = openStore(path);
    expect(read).toEqual([
      store.loadCandles(INFY, '1m', minute(1), minute(4)),
      store.loadCandlesBefore(NIFTY, '1m', minute(9), 2),
      store.storedCandles(INFY, '1m', minute(0), minute(2)),
      store.loadAuctions(INFY, ...FOREVER),
      store.covered(INFY, ...FOREVER),
      store.coveredInstruments(...FOREVER),
      store.revisions(...FOREVER),
      store.corporateActions(),
      store.instruments(),
      store.alerts(1_000),
      store.readDocument('settings'),
      expect.any(Number),
    ]);
    expect(read[9]).toHaveLength(ALERTS);
    store.close();
  });

  it('changes nothing and leaves nothing beside a closed store', () => {
    const { folder, path } = filled();
    const before = contents(folder);
    const reader = openReader(path);
    expect(reader.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(BARS);
    reader.close();
    expect(contents(folder)).toEqual(before);
  });

  it('sees what a running Tickscope writes, and is not in its way', () => {
    const { folder, path } = filled();
    const store = openStore(path);
    store.saveBars({ batches: [{ candles: [bar(BARS, 1)], provenance: 'live' }] });
    const names = readdirSync(folder);
    const reader = openReader(path);
    expect(reader.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(BARS + 1);
    store.saveBars({ batches: [{ candles: [bar(BARS + 1, 1)], provenance: 'live' }] });
    expect(reader.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(BARS + 2);
    expect(readdirSync(folder)).toEqual(names);
    reader.close();
    store.writeDocument('settings', { b: 2 });
    store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('lets the app end and begin again meanwhile', () => {
    const { path } = filled();
    const first = openStore(path);
    first.writeDocument('settings', { round: 1 });
    const reader = openReader(path);
    first.close();
    expect(reader.readDocument('settings')).toEqual({ round: 1 });
    const second = openStore(path);
    second.writeDocument('settings', { round: 2 });
    expect(reader.readDocument('settings')).toEqual({ round: 2 });
    reader.close();
    second.close();
    openStore(path, { onSetAside: () => expect.unreachable('it is sound') }).close();
  });

  it('reads what a killed program left in its log, and leaves it there', () => {
    const { path } = filled();
    const store = openStore(path);
    store.writeDocument('settings', { newest: true });
    const folder = tempFolder();
    const copy = join(folder, 'tickscope.sqlite');
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${copy}${suffix}`, readFileSync(`${path}${suffix}`));
    store.close();
    const before = contents(folder).filter(([name]) => !name.endsWith('-shm'));
    const reader = openReader(copy);
    expect(reader.readDocument('settings')).toEqual({ newest: true });
    reader.close();
    expect(contents(folder).filter(([name]) => !name.endsWith('-shm'))).toEqual(before);
  });

  it('reads a backup, which has no log', async () => {
    const { folder, path } = filled();
    const store = openStore(path);
    await store.backUp(join(folder, 'copy.sqlite'));
    store.close();
    const before = contents(folder);
    const reader = openReader(join(folder, 'copy.sqlite'));
    expect(reader.readDocument('settings')).toEqual(SETTINGS);
    reader.close();
    expect(contents(folder)).toEqual(before);
  });

  it('may be closed twice, and then says so when it is used', () => {
    const reader = openReader(filled().path);
    reader.close();
    reader.close();
    expect(appErrorOf(() => reader.instruments()).code).toBe('storage');
  });
});

describe('a reader refuses', () => {
  const refused = (path: string, folder: string): string => {
    const before = contents(folder);
    const error = appErrorOf(() => openReader(path));
    expect(contents(folder)).toEqual(before);
    expect(error.message).toContain(path);
    return error.message;
  };

  it('a file that is not there, and an empty one', () => {
    const folder = tempFolder();
    expect(refused(join(folder, 'none.sqlite'), folder)).toContain('no database in');
    writeFileSync(join(folder, 'empty.sqlite'), '');
    expect(refused(join(folder, 'empty.sqlite'), folder)).toContain('Start Tickscope once');
    expect(refused(join(folder, 'nowhere', 'none.sqlite'), folder)).toContain('no database in');
  });

  it('another program’s', () => {
    const folder = tempFolder();
    const path = join(folder, 'contacts.sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE contact (name TEXT)');
    db.close();
    expect(refused(path, folder)).toContain('another program');
  });

  it('one of a newer and of an older version', () => {
    const folder = tempFolder();
    const path = join(folder, 'tickscope.sqlite');
    openStore(path, { migrations: [...MIGRATIONS, 'CREATE TABLE next (a TEXT) STRICT'] }).close();
    expect(refused(path, folder)).toContain('newer Tickscope');
    const old = join(folder, 'old.sqlite');
    const db = new Database(old);
    migrate(db, MIGRATIONS.slice(0, 4));
    db.close();
    expect(refused(old, folder)).toContain('older Tickscope. Start Tickscope once');
  });

  it('a damaged one, and text', () => {
    const { folder, path } = filled();
    overwrite(path, 0, new Uint8Array(8));
    expect(refused(path, folder)).toContain('is damaged. Start Tickscope');
    writeFileSync(join(folder, 'prices.csv'), 'time,close\n');
    expect(refused(join(folder, 'prices.csv'), folder)).toContain('not a database');
  });
});
