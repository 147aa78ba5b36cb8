import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleWrite } from '../support/sample-passport.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { minute } from './sample-bars.ts';

const RAISER = join(import.meta.dirname, 'children', 'raise-alerts.ts');

/** Lets a program raise alerts from number `first` on, and kills it so many milliseconds after the first. Answers the last it told. */
async function raiseAndKill(path: string, first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [RAISER, path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'close');
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  await once(child.stdout, 'data');
  // A moment in the middle of writing, each time another: the only thing here that the wall's clock is for.
  await wait(afterMs);
  child.kill('SIGKILL');
  await exited;
  return Number(told.trimEnd().split('\n').at(-1));
}

/** Rows of the four tables, by the alert they are of. */
function rowsOf(path: string) {
  const db = new Database(path, { readonly: true });
  const all = (sql: string): readonly unknown[] => db.prepare(sql).pluck().all();
  const rows = {
    alerts: all('SELECT id FROM alert ORDER BY bar_time'),
    passports: all("SELECT alert FROM evidence WHERE kind = 'alert' ORDER BY seq"),
    signals: all(
      `SELECT instrument || ' ' || timeframe || ' ' || rule || ' ' || bar_time FROM signal ORDER BY bar_time`,
    ),
    owedOnDesktop: all("SELECT id FROM alert JOIN delivery ON id = alert AND channel = 'desktop' ORDER BY bar_time"),
    owedByWebhook: all("SELECT id FROM alert JOIN delivery ON id = alert AND channel = 'webhook' ORDER BY bar_time"),
    settled: all("SELECT alert FROM delivery WHERE state = 'told' ORDER BY settled_at"),
    toldLinks: all("SELECT alert FROM evidence WHERE kind = 'delivery' ORDER BY seq"),
  };
  db.close();
  return rows;
}

describe('a program that is killed while it raises alerts', () => {
  it('leaves each alert with signal, passport and deliveries, or none of it, and the chain whole', async () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    let next = 0;
    for (const afterMs of [0, 3, 11, 26, 47]) {
      const last = await raiseAndKill(path, next, afterMs);
      const { alerts, settled, toldLinks, ...others } = rowsOf(path);
      expect(alerts.length, 'one more may have been stored than was told').toBeOneOf([last + 1, last + 2]);
      for (const [table, ids] of Object.entries(others)) expect(ids, table).toEqual(alerts);
      expect(toldLinks, 'what was told has its link, and the other way round').toEqual(settled);

      const store = openStore(path);
      expect(store.brokenLink()).toBeUndefined();
      expect(store.raise(sampleWrite({ barTime: minute(last) })), 'what was said to be stored is known').toBe(false);
      store.close();
      next = alerts.length;
    }
    expect(next, 'every one of them raised some').toBeGreaterThanOrEqual(5);
  }, 60_000);
});
