import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import type { SetAside } from '../../src/main/store/set-aside.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { ALERTS, BARS, breakPage, fill, overwrite, PAGE, pagesOf, SETTINGS } from './damaged-store.ts';
import { FOREVER, INFY, minute, NIFTY } from './sample-bars.ts';

/** A path for a store of ours. */
const place = (): string => join(tempFolder(), 'tickscope.sqlite');

/** Opens it, expecting that it was set aside. */
function openRepaired(path: string) {
  const reports: SetAside[] = [];
  const store = openStore(path, { onSetAside: (report) => reports.push(report) });
  const [report] = reports;
  if (report === undefined) return expect.unreachable('nothing was set aside');
  return { store, report };
}

describe('a damaged store', () => {
  it('cut in half gives each row that lies in what is left, also when nothing leads to it', () => {
    const path = place();
    fill(path);
    const half = Math.floor(statSync(path).size / PAGE / 2);
    const left = pagesOf(path, 'candle', 'leaf').filter((page) => page <= half).length;
    expect(left).toBeGreaterThan(10);
    for (const page of pagesOf(path, 'candle', 'internal')) breakPage(path, page);
    truncateSync(path, half * PAGE);
    const { store, report } = openRepaired(path);
    const kept = store.loadCandles(INFY, '1m', ...FOREVER);
    const others = store.loadCandles(NIFTY, '1m', ...FOREVER);
    // A page that is at least half full holds thirty bars.
    expect(kept.close.length + others.close.length).toBeGreaterThan(left * 29);
    expect(report.rescued['candle']).toBe(kept.close.length + others.close.length);
    for (const [index, time] of kept.openTime.entries())
      expect(kept.close[index], 'each as it was').toBe((time - minute(0)) / 60_000 + 1);
    store.close();
    openStore(path, { onSetAside: () => expect.unreachable('the new one is sound') }).close();
  });

  it('whose first page is all zeros gives all rows of the others, but no claims', () => {
    const path = place();
    fill(path);
    const store = openStore(path);
    const long = { ...SETTINGS, note: 'x'.repeat(20_000) };
    store.writeDocument('settings', long);
    store.close();
    overwrite(path, 0, new Uint8Array(PAGE));
    const repaired = openRepaired(path);
    expect(repaired.store.readDocument('settings')).toEqual(long);
    expect(repaired.store.alerts(1_000)).toHaveLength(ALERTS);
    expect(repaired.store.instruments()).toHaveLength(2);
    for (const key of [INFY, NIFTY]) expect(repaired.store.loadCandles(key, '1m', ...FOREVER).close).toHaveLength(BARS);
    expect(repaired.report.rescued).toMatchObject({ tick: 1, corporate_action: 1, signal: ALERTS });
    expect(repaired.store.covered(INFY, ...FOREVER)).toEqual([]);
    repaired.store.close();
  });

  it('does not bring back what was deleted', () => {
    const path = place();
    fill(path);
    const db = new Database(path);
    db.exec(`DELETE FROM candle WHERE open_time < ${minute(BARS - 100)}; DELETE FROM alert WHERE rowid < 300`);
    db.close();
    breakPage(path, pagesOf(path, 'candle', 'leaf')[0] ?? 0);
    breakPage(path, pagesOf(path, 'alert', 'leaf')[0] ?? 0);
    const { store } = openRepaired(path);
    const kept = store.loadCandles(NIFTY, '1m', ...FOREVER).openTime;
    expect(kept.length).toBeGreaterThan(0);
    expect(kept[0]).toBeGreaterThanOrEqual(minute(BARS - 100));
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close.length).toBeLessThanOrEqual(100);
    const alerts = store.alerts(1_000);
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.length).toBeLessThanOrEqual(ALERTS - 299);
    store.close();
  });
});
