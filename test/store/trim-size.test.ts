import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { INFY } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';
import { addBars, daysAgo, NOW, openTimes, trimAll } from './trimming.ts';

describe('the size of the file', () => {
  it('falls when rows are deleted, on the disk too', () => {
    const { path, store } = tempStore();
    for (let days = 30; days > 20; days -= 1) addBars(store, '5s', days, 5_000);
    addBars(store, '5s', 1, 100);
    const before = store.sizeBytes();
    const { freedBytes } = trimAll(store, { base: 7 });
    expect(freedBytes).toBeGreaterThan(2_000_000);
    expect(store.sizeBytes()).toBeLessThan(400_000);
    expect(before - store.sizeBytes()).toBeGreaterThanOrEqual(freedBytes);
    expect(statSync(`${path}-wal`).size).toBe(0);
    const size = store.sizeBytes();
    store.close();
    expect(statSync(path).size).toBe(size);
    const check = new Database(path, { readonly: true });
    expect(check.pragma('integrity_check', { simple: true })).toBe('ok');
    check.close();
  });

  it('does not wait for somebody who reads', () => {
    const { path, store } = tempStore();
    for (let days = 30; days > 20; days -= 1) addBars(store, '5s', days, 2_000);
    const other = new Database(path, { readonly: true });
    other.exec('BEGIN');
    expect(other.prepare('SELECT count(*) FROM candle').pluck().get()).toBe(20_000);
    const begun = performance.now();
    trimAll(store, { base: 7 });
    expect(performance.now() - begun).toBeLessThan(1_900);
    expect(other.prepare('SELECT count(*) FROM candle').pluck().get()).toBe(20_000);
    other.close();
    trimAll(store, { base: 7 });
    expect(store.sizeBytes()).toBeLessThan(400_000);
  });

  it('can fall in a file of an older version too, which is rewritten once', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const old = new Database(path);
    for (const step of MIGRATIONS) if (typeof step === 'string') old.exec(step);
    old.pragma(`application_id = ${0x54_4b_53_43}`);
    old.pragma(`user_version = ${MIGRATIONS.length}`);
    expect(old.pragma('auto_vacuum', { simple: true })).toBe(0);
    old.close();
    const store = openStore(path);
    for (let days = 30; days > 20; days -= 1) addBars(store, '5s', days, 2_000);
    expect(trimAll(store, { base: 7 }).freedBytes).toBeGreaterThan(500_000);
    store.close();
  });
});

describe('the budget', () => {
  const fillDays = (store: Store) => {
    for (const days of [9, 8, 7, 1, 0]) {
      addBars(store, '1s', days, 4_000);
      addBars(store, '5s', days, 4_000);
      addBars(store, '1m', days, 400);
    }
  };
  const count = (store: Store) => (['1s', '5s', '1m'] as const).map((timeframe) => openTimes(store, timeframe).length);

  it('takes the oldest day of the finest kind first, and no more than it must', () => {
    const { store } = tempStore();
    fillDays(store);
    const size = store.sizeBytes();
    trimAll(store, {});
    const whole = store.sizeBytes();
    expect(whole).toBeLessThanOrEqual(size);
    // A day of seconds takes some 300 kB; this is less.
    const { last } = trimAll(store, { budgetBytes: whole - 100_000 });
    expect(count(store)).toEqual([16_000, 20_000, 2_000]);
    expect(openTimes(store, '1s')[0]).toBe(daysAgo(8));
    expect(store.sizeBytes()).toBeLessThanOrEqual(whole - 100_000);
    expect(last.overBudgetBytes).toBeUndefined();
  });

  it('goes on to the coarser kinds, leaves the newest two days, and says what is still too much', () => {
    const { store } = tempStore();
    fillDays(store);
    const { last } = trimAll(store, { budgetBytes: 100_000 });
    expect(count(store)).toEqual([8_000, 8_000, 800]);
    expect(last.isDone).toBe(true);
    expect(last.overBudgetBytes).toBeGreaterThan(500_000);
    expect(Math.abs(store.sizeBytes() - (last.overBudgetBytes ?? 0) - 100_000)).toBeLessThan(100_000);
  });

  it('is kept to by ticks first', () => {
    const { store } = tempStore();
    fillDays(store);
    const ticks = Array.from({ length: 9_000 }, (_, index) => ({
      instrument: INFY,
      ltp: 1,
      time: (daysAgo(9 - Math.floor(index / 1_000)) + index) as EpochMs,
      receivedAt: NOW,
    }));
    store.saveTicks(ticks);
    trimAll(store, {});
    const { deleted } = trimAll(store, { budgetBytes: store.sizeBytes() - 50_000 });
    expect(Object.keys(deleted)).toEqual(['ticks']);
    expect((deleted['ticks'] ?? 0) % 1_000).toBe(0);
  });
});
