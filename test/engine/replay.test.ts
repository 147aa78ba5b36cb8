import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/signal.ts';
import { systemClock } from '../../src/main/platform/system-clock.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder, writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { inOrder, readAll, replayWorld, signalsOfHistory, universeFiles } from '../support/replay.ts';
import { barsOf, INFY, stock, TCS, tapeOf } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const calendar = nse();
const instruments = [INFY, TCS, stock('SBIN')];
// The last day before the closing auction, and the first with it.
const tape = tapeOf(instruments, ['2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'], calendar);
const paths = instruments.map(({ key }) =>
  writeBars(folder.path, `${key.slice(4)}_generated.csv`, barsOf(tape, key, '1m', calendar)),
);

async function replayAtSpeed(speed: number): Promise<readonly Signal[]> {
  const clock = new FakeClock();
  const { world, signals } = replayWorld(await readAll(paths), speed, clock, '5m');
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  for (let step = 0; step < 200_000 && !isOver; step += 1) {
    clock.advance(speed === 0 ? 10 : 2_500);
    await settle();
  }
  expect(isOver, 'the recording comes to its end').toBe(true);
  await world.close();
  return inOrder(signals);
}

describe('a generated recording of four days', () => {
  it('holds the signals it always held', async () => {
    const found = (await replayAtSpeed(0)).map(
      ({ instrument, side, barTime }) =>
        `${instrument.slice(4)} ${side} ${new Date(barTime + 19_800_000).toISOString().slice(5, 16)}`,
    );
    expect(found).toMatchSnapshot();
  });

  it.each([60, 1_000])('gives the same signals at %i times', async (speed) => {
    expect(await replayAtSpeed(speed)).toEqual(await replayAtSpeed(0));
  });

  it('gives what the same bars give without an engine', async () => {
    expect(await replayAtSpeed(0)).toEqual(inOrder(signalsOfHistory(await readAll(paths), '5m')));
  });
});

const universe = universeFiles();
describe.skipIf(universe.length === 0)(
  `the fifty recorded stocks${universe.length === 0 ? ' (skipped: ../shared is absent)' : ''}`,
  () => {
    it('give the same signals live as in history', { timeout: 120_000 }, async () => {
      const files = await readAll(universe);
      const { world, signals } = replayWorld(files, 0, systemClock, '5m');
      await world.start();
      await world.finished();
      await world.close();
      expect(signals.length).toBe(2_854);
      expect(inOrder(signals)).toEqual(inOrder(signalsOfHistory(files, '5m')));
    });
  },
);

describe('the replay command', () => {
  const cli = join(import.meta.dirname, '../../src/main/cli.ts');
  const start = (db: string) =>
    spawn(process.execPath, [cli, 'replay', ...paths, '--db', db], { stdio: ['ignore', 'pipe', 'pipe'] });
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

  it('finds the same after being killed in the middle, and stores nothing twice', { timeout: 120_000 }, async () => {
    for (const [attempt, lines] of [1, 5, 12].entries()) {
      const db = join(folder.path, `killed-${attempt}.sqlite`);
      const victim = start(db);
      let seen = 0;
      for await (const chunk of victim.stdout) {
        seen += String(chunk).split('\n').length - 1;
        if (seen >= lines) break;
      }
      victim.kill('SIGKILL');
      if (victim.exitCode === null && victim.signalCode === null) await once(victim, 'exit');

      expect(await textOf(start(db).stdout)).toBe(clean);
      const store = new Database(db, { readonly: true });
      const count = store.prepare('SELECT count(*) FROM signal').pluck().get();
      const alerts = store.prepare('SELECT count(*) FROM alert').pluck().get();
      store.close();
      expect([count, alerts]).toEqual([clean.trim().split('\n').length, clean.trim().split('\n').length]);
    }
  });

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
