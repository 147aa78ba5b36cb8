import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import type { SetAside } from '../../src/main/store/set-aside.ts';
import { asOrdinaryUser, hasFileModes, tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { ALERTS, BARS, breakPage, fill, PAGE, pagesOf, SETTINGS } from './damaged-store.ts';
import { bar, FOREVER, INFY, NIFTY } from './sample-bars.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 30) as EpochMs;
const now = () => NOW;
const ASIDE = 'tickscope.damaged-2026-11-21T10-30-00.sqlite';

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A path for a store of ours. */
const place = (): string => join(tempFolder(), 'tickscope.sqlite');

/** Opens it, expecting that it was set aside. */
function openRepaired(path: string) {
  const reports: SetAside[] = [];
  const store = openStore(path, { now, onSetAside: (report) => reports.push(report) });
  const [report] = reports;
  if (report === undefined || reports.length > 1) return expect.unreachable(`${reports.length} files were set aside`);
  return { store, report };
}

describe('a damaged store', () => {
  it.each([
    ['text', 'time,open,high,low,close\n'.repeat(500)],
    ['a short text', 'hello'],
    ['one byte', 'x'],
    ['noise', `SQLite format 3\0${'\u0007'.repeat(8_000)}`],
  ])('that is only %s is set aside whole, and an empty one is begun', (_what, content) => {
    const path = place();
    writeFileSync(path, content);
    const { store, report } = openRepaired(path);
    expect(report).toEqual({
      path,
      asideAs: join(path, '..', ASIDE),
      rescued: {},
      message: `The database ${path} was damaged and is set aside as ${join(path, '..', ASIDE)}. Nothing in it could be read, so a new one begins empty.`,
    });
    expect(readFileSync(report.asideAs, 'utf8')).toBe(content);
    store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance: 'live' }] });
    store.close();
    expect(readdirSync(join(path, '..')).sort()).toEqual([ASIDE, 'tickscope.sqlite', 'tickscope.sqlite.lock'].sort());
  });

  it('with a broken page of bars keeps everything else, and claims nothing it may have lost', () => {
    const path = place();
    fill(path);
    const leaves = pagesOf(path, 'candle', 'leaf');
    breakPage(path, leaves[Math.floor(leaves.length / 2)] ?? 0);
    const before = digest(path);
    const { store, report } = openRepaired(path);
    expect(digest(report.asideAs), 'the damaged file is as it was').toBe(before);
    expect(store.readDocument('settings')).toEqual(SETTINGS);
    expect(store.alerts(1_000)).toHaveLength(ALERTS);
    expect(store.instruments().map(({ key }) => key)).toEqual([INFY, NIFTY]);
    expect(store.corporateActions()).toHaveLength(1);
    const kept = [INFY, NIFTY].map((key) => store.loadCandles(key, '1m', ...FOREVER).close.length);
    const sum = kept.reduce((total, count) => total + count, 0);
    // A page holds some sixty bars.
    expect(2 * BARS - sum).toBeGreaterThan(30);
    expect(2 * BARS - sum).toBeLessThan(120);
    expect(report.rescued).toMatchObject({ document: 1, alert: ALERTS, signal: ALERTS, candle: sum, tick: 1 });
    expect(store.covered(INFY, ...FOREVER)).toEqual([]);
    expect(report.message).toContain(`1 settings document, ${ALERTS} alerts`);
    expect(report.message).toContain(basename(report.asideAs));
    store.close();
    openStore(path, { onSetAside: () => expect.unreachable('the new one is sound') }).close();
  });

  it('whose bars are all there still knows what it had covered', () => {
    const path = place();
    fill(path);
    breakPage(path, pagesOf(path, 'tick')[0] ?? 0);
    const { store } = openRepaired(path);
    expect(store.covered(INFY, ...FOREVER)).toHaveLength(1);
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toHaveLength(BARS);
    store.close();
  });

  it('with several broken pages of alerts gives those before, between and after them, in order', () => {
    const path = place();
    fill(path);
    const leaves = pagesOf(path, 'alert', 'leaf');
    expect(leaves.length).toBeGreaterThan(9);
    for (const index of [2, 5, leaves.length - 2]) breakPage(path, leaves[index] ?? 0);
    const { store } = openRepaired(path);
    const alerts = store.alerts(1_000);
    expect(alerts.length).toBeGreaterThan(ALERTS * (1 - 4 / leaves.length));
    expect(alerts.length).toBeLessThan(ALERTS);
    const raised = alerts.map(({ raisedAt }) => raisedAt);
    expect(raised).toEqual(raised.toSorted((a, b) => b - a));
    // Nobody is told again of what is on the list.
    for (const alert of alerts) expect(store.addAlert(alert)).toBe(false);
    store.close();
  });

  it('of which the end is gone gives what is left', () => {
    const path = place();
    fill(path);
    truncateSync(path, 60 * PAGE);
    const { store } = openRepaired(path);
    expect(store.readDocument('settings')).toEqual(SETTINGS);
    store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance: 'live' }] });
    store.close();
  });

  it('of an older version is carried over and brought up to date', () => {
    const path = place();
    const db = new Database(path);
    migrate(db, MIGRATIONS.slice(0, 4));
    db.exec(`INSERT INTO document VALUES ('settings', '{"old":true}')`);
    const insert = db.prepare("INSERT INTO candle VALUES ('NSE:INFY', '1m', ?, 1, 2, 1, 2, 5, 1)");
    db.transaction(() => {
      for (let index = 0; index < 1_000; index += 1) insert.run(index * 60_000);
    })();
    db.close();
    breakPage(path, pagesOf(path, 'candle', 'leaf')[3] ?? 0);
    const { store } = openRepaired(path);
    expect(store.readDocument('settings')).toEqual({ old: true });
    expect(store.storedCandles(INFY, '1m', ...FOREVER).length).toBeGreaterThan(800);
    store.close();
  });

  it('leaves its log beside it', () => {
    const path = place();
    fill(path);
    const store = openStore(path);
    store.writeDocument('settings', { newest: true });
    // What a killed program leaves.
    const copy = place();
    for (const suffix of ['', '-wal']) writeFileSync(`${copy}${suffix}`, readFileSync(`${path}${suffix}`));
    store.close();
    breakPage(copy, pagesOf(copy, 'tick')[0] ?? 0);
    const repaired = openRepaired(copy);
    expect(existsSync(`${repaired.report.asideAs}-wal`)).toBe(true);
    expect(repaired.store.readDocument('settings')).toEqual({ newest: true });
    repaired.store.close();
  });

  it('never takes the name of an older one', () => {
    const path = place();
    const names = [1, 2, 3].map((count) => {
      writeFileSync(path, `damage ${count}`);
      const { store, report } = openRepaired(path);
      store.close();
      return basename(report.asideAs);
    });
    expect(names).toEqual([ASIDE, ASIDE.replace('.sqlite', '-2.sqlite'), ASIDE.replace('.sqlite', '-3.sqlite')]);
    expect(readFileSync(join(path, '..', ASIDE), 'utf8')).toBe('damage 1');
  });

  it('is numbered when nobody says what time it is', () => {
    const path = place();
    writeFileSync(path, 'damage');
    openStore(path).close();
    expect(existsSync(join(path, '..', 'tickscope.damaged.sqlite'))).toBe(true);
  });

  it('is left alone while another Tickscope has it', () => {
    const path = place();
    fill(path);
    const store = openStore(path);
    breakPage(path, pagesOf(path, 'tick')[0] ?? 0);
    expect(appErrorOf(() => openStore(path)).message).toContain('Another Tickscope is already using');
    expect(readdirSync(join(path, '..')).join(' ')).not.toContain('damaged');
    store.close();
  });

  it.runIf(hasFileModes)('in a folder that may not be written stays, and that is said', () => {
    const folder = tempFolder();
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    const path = join(locked, 'tickscope.sqlite');
    fill(path);
    breakPage(path, pagesOf(path, 'tick')[0] ?? 0);
    const before = digest(path);
    for (const file of [path, `${path}.lock`]) chmodSync(file, 0o666);
    chmodSync(locked, 0o555);
    const error = asOrdinaryUser(folder, () => appErrorOf(() => openStore(path)));
    chmodSync(locked, 0o755);
    expect(error.message).toMatch(/cannot be opened. Check that the file and its folder|could not be set aside/);
    expect(digest(path)).toBe(before);
    expect(readdirSync(locked).join(' ')).not.toContain('damaged');
  });

  it.runIf(hasFileModes)('that may not be written stays, and that is said', () => {
    const folder = tempFolder();
    const path = join(folder, 'tickscope.sqlite');
    fill(path);
    breakPage(path, pagesOf(path, 'tick')[0] ?? 0);
    const before = digest(path);
    chmodSync(path, 0o444);
    chmodSync(`${path}.lock`, 0o666);
    const error = asOrdinaryUser(folder, () => appErrorOf(() => openStore(path)));
    expect(error.message).toContain('is damaged, and read-only. Nothing was changed');
    expect(digest(path)).toBe(before);
    expect(readdirSync(folder).join(' ')).not.toContain('damaged');
  });

  it('whose repair was cut off between two names is found again', () => {
    const path = place();
    fill(path);
    renameSync(path, `${path}.repair`);
    const store = openStore(path);
    expect(store.readDocument('settings')).toEqual(SETTINGS);
    store.close();
    expect(existsSync(`${path}.repair`)).toBe(false);
  });

  it('whose repair was cut off earlier is repaired from the start', () => {
    const path = place();
    fill(path);
    breakPage(path, pagesOf(path, 'tick')[0] ?? 0);
    writeFileSync(`${path}.repair`, 'half a file');
    const { store } = openRepaired(path);
    expect(store.readDocument('settings')).toEqual(SETTINGS);
    store.close();
  });
});
