import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { backUp } from '../../src/main/store/back-up.ts';
import { openReader } from '../../src/main/store/open-reader.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { hasFileModes, tempFolder } from '../support/temp-folder.ts';
import { ALERTS, BARS, fill, SETTINGS } from './damaged-store.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';

/** A filled store, open, and a folder for its copies. */
function opened(): { readonly folder: string; readonly path: string; readonly store: Store } {
  const folder = tempFolder();
  const path = join(folder, 'tickscope.sqlite');
  fill(path);
  return { folder, path, store: openStore(path) };
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return thrown instanceof AppError ? thrown : expect.unreachable('it should have been refused');
}

function expectWhole(copy: string, bars: number): void {
  const db = new Database(copy, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
  db.close();
  expect([`${copy}-wal`, `${copy}-shm`, `${copy}.part`].filter((file) => existsSync(file))).toEqual([]);
  const store = openStore(copy, { onSetAside: () => expect.unreachable('the copy is sound') });
  expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(bars);
  expect(store.alerts(1_000)).toHaveLength(ALERTS);
  expect(store.readDocument('settings')).toEqual(SETTINGS);
  store.close();
}

describe('a backup', () => {
  it('is whole, a file alone, and as large as it says', async () => {
    const { folder, store } = opened();
    const copy = join(folder, 'copy.sqlite');
    const bytes = await store.backUp(copy);
    expect(bytes).toBe(readFileSync(copy).length);
    expectWhole(copy, BARS);
    store.close();
  });

  it('has what is written while it is made', async () => {
    const { folder, store } = opened();
    store.writeDocument('ballast', 'x'.repeat(8_000_000));
    const copy = join(folder, 'copy.sqlite');
    let isDone = false;
    const work = store.backUp(copy).finally(() => {
      isDone = true;
    });
    let written = 0;
    while (!isDone) {
      store.saveBars({ batches: [{ candles: [bar(BARS + written, 1)], provenance: 'live' }] });
      written += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await work;
    expect(written, 'there was time to write').toBeGreaterThan(10);
    const db = new Database(copy, { readonly: true });
    const bars = Number(db.prepare("SELECT count(*) FROM candle WHERE instrument = 'NSE:INFY'").pluck().get());
    db.close();
    expect(bars).toBeGreaterThan(BARS);
    expect(bars).toBeLessThanOrEqual(BARS + written);
    expectWhole(copy, bars);
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(BARS + written);
    store.close();
  });

  it('by somebody who only reads is the moment it was begun, whatever is written meanwhile', async () => {
    const { folder, path, store } = opened();
    store.writeDocument('ballast', 'x'.repeat(8_000_000));
    const reader = openReader(path);
    const copy = join(folder, 'copy.sqlite');
    let isDone = false;
    const work = reader.backUp(copy).finally(() => {
      isDone = true;
    });
    for (let written = 0; !isDone; written += 1) {
      store.saveBars({ batches: [{ candles: [bar(BARS + written, 1)], provenance: 'live' }] });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await work;
    reader.close();
    expectWhole(copy, BARS);
    store.close();
  });

  it.each(['copy.sqlite', 'copy.sqlite.part'])('touches no file that is there: %s', async (name) => {
    const { folder, store } = opened();
    writeFileSync(join(folder, name), 'mine');
    const error = await refusal(store.backUp(join(folder, 'copy.sqlite')));
    expect([error.code, error.message]).toEqual(['invalid-input', expect.stringContaining(`${name} exists already`)]);
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
    store.close();
  });

  it('says when there is no such folder', async () => {
    const { folder, store } = opened();
    const error = await refusal(store.backUp(join(folder, 'nowhere', 'copy.sqlite')));
    expect(error.message).toContain('cannot be written');
    expect(error.message).toContain('folder');
    store.close();
  });

  it.runIf(hasFileModes)('says when the folder may not be written', async () => {
    const { folder, store } = opened();
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    chmodSync(folder, 0o777);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    const error = await refusal(store.backUp(join(locked, 'copy.sqlite'))).finally(() => {
      if (isRoot) process.seteuid?.(0);
    });
    expect(error.message).toContain('cannot be written');
    expect(readdirSync(locked)).toEqual([]);
    store.close();
  });

  it('that cannot be finished leaves nothing', async () => {
    const { folder, store } = opened();
    store.writeDocument('ballast', 'x'.repeat(8_000_000));
    const copy = join(folder, 'copy.sqlite');
    const work = refusal(store.backUp(copy));
    await new Promise((resolve) => setImmediate(resolve));
    store.close();
    expect((await work).message).toContain('Tickscope ended meanwhile');
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('of damaged pages is refused, and leaves nothing', async () => {
    const folder = tempFolder();
    const db = new Database(join(folder, 'odd.sqlite'));
    db.exec('CREATE TABLE a (b INTEGER CHECK (b > 0)); PRAGMA ignore_check_constraints = 1; INSERT INTO a VALUES (-1)');
    const error = await refusal(backUp(db, join(folder, 'copy.sqlite')));
    expect(error.message).toContain('the database is damaged');
    db.close();
    expect(readdirSync(folder)).toEqual(['odd.sqlite']);
  });
});
