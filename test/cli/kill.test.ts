import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Kept, readKept } from '../support/kept.ts';
import { writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { barsOf, seeded, stock, tapeOf } from '../support/tape.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';
import { ToldLines } from '../support/told-lines.ts';

/** How often the program is killed. Two hundred take about two minutes. */
const KILLS = Number(process.env['TICKSCOPE_KILLS'] ?? 24);
/** So often over one growing store, before it is run to its end. */
const KILLS_OF_A_STORE = 8;
/** Machines have two cores at least. */
const AT_A_TIME = 2;

const PROGRAM = join(import.meta.dirname, 'children', 'replay-and-tell.ts');
const folder = tempFolderForAll();

/** A day of six stocks: four as minutes, two as ticks. */
function writeDay(): readonly string[] {
  const calendar = nse();
  const stocks = ['A', 'B', 'C', 'D', 'E', 'F'].map(stock);
  const tape = tapeOf(stocks, ['2026-07-31'], calendar);
  return stocks.map(({ key, name }, index) => {
    if (index < 4) return writeBars(folder, `${name}_day.csv`, barsOf(tape, key, '1m', calendar));
    const rows = tape
      .filter(({ instrument }) => instrument === key)
      .map(({ time, ltp, dayVolume }) => `${time},${ltp},1,${dayVolume}`);
    const path = join(folder, `${name}_day.csv`);
    writeFileSync(path, `time_ms,price,last_qty,cum_volume\n${rows.join('\n')}\n`);
    return path;
  });
}

/** The instant of a kill: so long after the program began, or after it had said so many lines, or a word. */
interface Moment {
  readonly after: number | 'opening' | 'finished';
  readonly delayMs: number;
}

/** Runs the program, to its end or until it is killed. Answers what it said. */
async function run(db: string, files: readonly string[], moment?: Moment) {
  const program = spawn(process.execPath, [PROGRAM, db, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  const exited = once(program, 'exit');
  const lines: string[] = [];
  let isStruck = false;
  const look = async (): Promise<void> => {
    if (moment === undefined || isStruck) return;
    const { after, delayMs } = moment;
    if (typeof after === 'number' ? lines.length < after : lines.at(-1) !== after) return;
    isStruck = true;
    if (delayMs > 0) await pause(delayMs);
    program.kill('SIGKILL');
  };
  void look();
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(line);
    void look();
  }
  const [status, signal] = await exited;
  return { lines, isKilled: signal === 'SIGKILL', status };
}

/**
 * Moments spread over the program's life. The first of a store: while its tables are made. Of the others one in
 * eight while the program starts, one while it ends, and the rest anywhere on the day, most between two lines.
 */
function momentOf(kill: number, isFirst: boolean, lines: number, startMs: number, random: () => number): Moment {
  if (isFirst) return { after: 'opening', delayMs: random() * 20 };
  if (kill % 8 === 1) return { after: 0, delayMs: random() * startMs };
  if (kill % 8 === 2) return { after: 'finished', delayMs: random() * 15 };
  return { after: 2 + Math.floor(random() * (lines - 4)), delayMs: random() < 0.3 ? 0 : random() * 6 };
}

/** How far the program had come. */
function phaseOf(lines: readonly string[]): 'starting' | 'on its way' | 'ending' {
  if (lines.length < 3) return 'starting';
  return lines.includes('finished') ? 'ending' : 'on its way';
}

/** The store as the killed program left it, opened in a copy, so that the next run finds it as it was. */
function readCopy(db: string, name: string): Kept | undefined {
  if (!existsSync(db)) return undefined;
  const copy = join(folder, name);
  for (const suffix of ['', '-wal'])
    if (existsSync(`${db}${suffix}`)) copyFileSync(`${db}${suffix}`, `${copy}${suffix}`);
  return readKept(copy);
}

/** Everything that was said is there, nothing twice, and nothing that a run never killed would not have. */
function expectKept(kept: Kept | undefined, told: ToldLines, whole: Kept): void {
  expect(told.faults).toEqual([]);
  if (kept === undefined) {
    expect(told.bars.size + told.signals.size + told.alerts.size, 'nothing was said of a store that is not there').toBe(
      0,
    );
    return;
  }
  expect(kept.integrity).toBe('ok');
  // From the first bar on without a hole: as a run never killed has them.
  for (const [series, bars] of kept.bars) expect(bars, series).toEqual(whole.bars.get(series)?.slice(0, bars.length));
  for (const [series, time] of told.bars)
    expect(kept.bars.get(series)?.at(-1)?.time ?? 0, `${series} to its last bar`).toBeGreaterThanOrEqual(time);
  expect(claimedInVain(kept, whole), 'the ledger claims no bar that is not there').toEqual([]);
  expect(missing(told.signals, kept.signals)).toEqual([]);
  expect(missing(kept.signals, whole.signals)).toEqual([]);
  expect(new Set(kept.signals).size).toBe(kept.signals.length);
  expect(missing(told.alerts, kept.alerts.map(idOfAlert))).toEqual([]);
  expect(missing(kept.alerts, whole.alerts)).toEqual([]);
  expect(new Set(kept.alerts.map(idOfAlert)).size).toBe(kept.alerts.length);
}

/** Bars that lie in a stretch of the ledger and are not stored. */
function claimedInVain(kept: Kept, whole: Kept): readonly string[] {
  return kept.covered.flatMap(({ series, open, close }) => {
    const there = new Set(kept.bars.get(series)?.map(({ time }) => time));
    const lengthMs = series.endsWith(' 5s') ? 5_000 : 60_000;
    const claimed = whole.bars.get(series)?.filter(({ time }) => time >= open && time + lengthMs <= close) ?? [];
    return claimed.filter(({ time }) => !there.has(time)).map(({ time }) => `${series} ${time}`);
  });
}

/** The four words of an identity. */
const idOfAlert = (alert: string): string => alert.split(' ').slice(0, 4).join(' ');

function missing(some: Iterable<string>, all: readonly string[]): readonly string[] {
  const there = new Set(all);
  return [...some].filter((each) => !there.has(each));
}

describe('a replay that is killed again and again', () => {
  it(`keeps all it said it had and ends as one never killed, ${KILLS} times`, {
    timeout: 60_000 + KILLS * 4_000,
  }, async () => {
    const files = writeDay();
    const undisturbed = join(folder, 'undisturbed.sqlite');
    const begun = performance.now();
    const { lines, status } = await run(undisturbed, files);
    const startMs = (performance.now() - begun) / 2;
    expect({ status, last: lines.at(-1) }).toEqual({ status: 0, last: 'done' });
    const whole = readKept(undisturbed);
    expect(whole.signals.length, 'there is something to lose').toBeGreaterThan(100);
    expect(whole.bars.size).toBe(6);
    const claimed = new Set(whole.covered.map(({ series }) => series));
    expect(
      [...whole.bars.keys()].filter((series) => !claimed.has(series)),
      'all is claimed',
    ).toEqual([]);

    const random = seeded(KILLS);
    const phases = new Map<string, number>();
    let kills = 0;
    const liveOnce = async (name: string): Promise<void> => {
      const db = join(folder, name, 'tickscope.sqlite');
      mkdirSync(join(folder, name));
      const told = new ToldLines();
      for (let each = 0; each < KILLS_OF_A_STORE && kills < KILLS; ) {
        const kill = kills;
        kills += 1;
        const ended = await run(db, files, momentOf(kill, each === 0, lines.length, startMs, random));
        for (const line of ended.lines) told.take(line);
        expectKept(readCopy(db, `${name}-${kill}.sqlite`), told, whole);
        // Where it was done before the blow fell, that was no kill.
        if (!ended.isKilled) {
          kills -= 1;
          continue;
        }
        each += 1;
        const phase = phaseOf(ended.lines);
        phases.set(phase, (phases.get(phase) ?? 0) + 1);
      }
      const last = await run(db, files);
      for (const line of last.lines) told.take(line);
      expect(last.lines.at(-1)).toBe('done');
      expect(told.faults).toEqual([]);
      expect(readKept(db)).toEqual(whole);
      expect(readdirSync(join(folder, name)).filter((file) => /damaged|repair|aside/.test(file))).toEqual([]);
    };
    let stores = 0;
    const lane = async (): Promise<void> => {
      while (kills < KILLS) {
        stores += 1;
        await liveOnce(`store-${stores}`);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    expect([...phases.values()].reduce((sum, count) => sum + count, 0)).toBe(KILLS);
    if (process.env['TICKSCOPE_KILLS'] !== undefined) process.stdout.write(`${JSON.stringify([...phases])}\n`);
    if (KILLS >= 24) expect([...phases.keys()].sort()).toEqual(['ending', 'on its way', 'starting']);
  });
});
