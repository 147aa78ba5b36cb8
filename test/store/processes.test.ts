import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { FOREVER, INFY, minute } from './sample-bars.ts';

const HOLDER = join(import.meta.dirname, 'children', 'hold-store.ts');
const WRITER = join(import.meta.dirname, 'children', 'write-batches.ts');
const BACK_UP = join(import.meta.dirname, 'children', 'back-up.ts');

/** A limit on the size of files stands for the end of the disk; 512 blocks are 256 kB. */
const LIMITED = `trap '' XFSZ; ulimit -f 512; exec "$0" "$@"`;

/** Starts a command whose lines on stdout are read one by one. It does not outlive the test. */
function start(command: string, ...args: readonly string[]) {
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  if (child.stdout === null) return expect.unreachable('stdout is a pipe');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async (): Promise<string | undefined> => (await lines.next()).value,
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Bars of the batches 0 to `last`, forty each, as the writer makes them. */
function expectBatches(path: string, last: number): void {
  const store = openStore(path);
  const { close } = store.loadCandles(INFY, '1m', ...FOREVER);
  const batches = close.length / 40;
  expect(Number.isInteger(batches), 'no batch is half there').toBe(true);
  // One more may have been stored than was said.
  expect(batches - (last + 1)).toBeOneOf([0, 1]);
  expect(close).toEqual(Float64Array.from({ length: close.length }, (_, index) => Math.floor(index / 40) + 1));
  for (let batch = 0; batch <= last; batch += 1) {
    const signal = { ...sampleAlert().signal, barTime: minute(batch) };
    expect(store.addSignal(signal, minute(0)), `the signal of batch ${batch} is known`).toBe(false);
  }
  store.close();
}

describe('two programs and one store', () => {
  it('the second is told at once, and gets in as soon as the first is gone, however it went', async () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const first = start(process.execPath, HOLDER, path);
    expect(await first.line()).toBe('open');
    const begun = performance.now();
    expect(appErrorOf(() => openStore(path)).message).toContain('Another Tickscope is already using');
    expect(performance.now() - begun).toBeLessThan(1_000);

    await first.kill();
    openStore(path).close();
  });

  it('the first keeps its hold when another connection of its own process closes', async () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path);
    expect(() => openStore(path)).toThrow('Another Tickscope');
    const other = start(process.execPath, WRITER, path);
    expect(await other.line()).toContain('storage: Another Tickscope');
    store.close();
  });
});

describe('a store whose program is killed while it writes', () => {
  it.each([1, 7, 40])('has every batch it said it had, after %i', async (count) => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const writer = start(process.execPath, WRITER, path);
    let last = -1;
    while (last + 1 < count) last = Number(await writer.line());
    await writer.kill();
    for (let line = await writer.line(); line !== undefined; line = await writer.line()) last = Number(line);
    expectBatches(path, last);
  });
});

describe('a disk that takes no more', () => {
  it.skipIf(process.platform === 'win32')('ends a backup in a sentence, and nothing of it stays', async () => {
    const folder = tempFolder();
    const path = join(folder, 'tickscope.sqlite');
    const store = openStore(path);
    store.writeDocument('ballast', 'x'.repeat(1_000_000));
    store.close();
    const copy = join(folder, 'copy.sqlite');
    const child = start('/bin/sh', '-c', LIMITED, process.execPath, BACK_UP, path, copy);
    expect(await child.line()).toMatch(/^storage: The disk (refused to .*Check the disk|is full, so the backup)/);
    expect(readdirSync(folder).sort()).toEqual(['tickscope.sqlite', 'tickscope.sqlite.lock']);
  });

  it.skipIf(process.platform === 'win32')('ends in a sentence, and what was stored stays', async () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const writer = start('/bin/sh', '-c', LIMITED, process.execPath, WRITER, path);
    let last = -1;
    let line = await writer.line();
    for (; line !== undefined && /^\d+$/.test(line); line = await writer.line()) last = Number(line);
    expect(line).toMatch(/^storage: The disk (refused to .*Check the disk|is full.*Free some space)/);
    await writer.kill();
    expect(last).toBeGreaterThan(0);
    expectBatches(path, last);
  });
});
