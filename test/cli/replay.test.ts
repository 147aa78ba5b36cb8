import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/signal.ts';
import { temporaryFolder, writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { universeFiles } from '../support/replay.ts';
import { barsOf, INFY, stock, TCS, tapeOf } from '../support/tape.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const calendar = nse();
const instruments = [INFY, TCS, stock('SBIN')];
const tape = tapeOf(instruments, ['2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'], calendar);
const paths = instruments.map(({ key }) =>
  writeBars(folder.path, `${key.slice(4)}_generated.csv`, barsOf(tape, key, '1m', calendar)),
);
const universe = universeFiles();

describe('the replay command', () => {
  const cli = join(import.meta.dirname, '../../src/main/cli.ts');
  const start = (db: string, files: readonly string[] = paths) =>
    spawn(process.execPath, [cli, 'replay', ...files, '--db', db], { stdio: ['ignore', 'pipe', 'pipe'] });
  const textOf = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = '';
    for await (const chunk of stream) text += chunk;
    return text;
  };
  let clean = '';

  beforeAll(async () => {
    clean = await textOf(start(join(folder.path, 'clean.sqlite')).stdout);
  });

  it('prints each confirmed signal as a line', () => {
    const lines = clean
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Signal);
    expect(lines.length).toBeGreaterThan(20);
    expect(Object.keys(lines[0] ?? {})).toEqual([
      'instrument',
      'timeframe',
      'rule',
      'side',
      'barTime',
      'price',
      'values',
    ]);
    expect(Object.keys(lines[0]?.values ?? {})).toEqual(['ema(9)', 'ema(21)', 'rsi(14)']);
  });

  /** Kills a run once it has printed some lines, runs it again, and gives what the second run printed. */
  async function killedAndRunAgain(db: string, lines: number, files: readonly string[] = paths): Promise<string> {
    const victim = start(db, files);
    let seen = 0;
    for await (const chunk of victim.stdout) {
      seen += String(chunk).split('\n').length - 1;
      if (seen >= lines) break;
    }
    victim.kill('SIGKILL');
    if (victim.exitCode === null && victim.signalCode === null) await once(victim, 'exit');
    return textOf(start(db, files).stdout);
  }
  const storedIn = (db: string) => {
    const store = new Database(db, { readonly: true });
    const count = (table: string) => store.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const counts = [count('signal'), count('alert')];
    store.close();
    return counts;
  };

  it('finds the same after being killed in the middle, and stores nothing twice', { timeout: 120_000 }, async () => {
    const signals = clean.trim().split('\n').length;
    for (const lines of [1, 5, 12]) {
      const db = join(folder.path, `killed-${lines}.sqlite`);
      expect(await killedAndRunAgain(db, lines)).toBe(clean);
      expect(storedIn(db)).toEqual([signals, signals]);
    }
  });

  it.skipIf(universe.length === 0)(
    'does so with fifty recorded stocks (skipped where ../shared is absent)',
    { timeout: 180_000 },
    async () => {
      const whole = await textOf(start(join(folder.path, 'universe.sqlite'), universe).stdout);
      const db = join(folder.path, 'universe-killed.sqlite');
      expect(await killedAndRunAgain(db, 1_000, universe)).toBe(whole);
      expect(storedIn(db)).toEqual([2_854, 2_854]);
    },
  );

  it('says so when the store is in use', async () => {
    const db = join(folder.path, 'clean.sqlite');
    const holder = new Database(`${db}.lock`);
    holder.exec('BEGIN EXCLUSIVE');
    const second = start(db);
    const talk = await textOf(second.stderr);
    holder.close();
    expect(talk).toContain('already using');
    expect(second.exitCode ?? (await once(second, 'exit'))[0]).toBe(1);
  });

  it.each([
    [['replay'], 2, 'Name at least one file'],
    [['replay', 'x.csv', '--timeframe', '7m'], 2, 'no timeframe "7m"'],
    [['replay', 'x.csv', '--rule', 'magic'], 2, 'no rule named "magic"'],
    [['replay', '/nowhere/INFY.csv'], 1, '/nowhere/INFY.csv'],
    [['dance'], 2, 'no command "dance"'],
  ])('answers %j with exit %i and a sentence', async (args, code, words) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit');
    expect(await textOf(child.stderr)).toContain(words);
    expect((await exited)[0]).toBe(code);
  });
});
