import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BacktestJob } from '../../src/main/backtest/job.ts';
import { NoThread, runInThreads } from '../../src/main/backtest/run-threads.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { NEVER, NOW, ruleOf, stocks } from './market.ts';

const JOB: BacktestJob = {
  rule: ruleOf(),
  instruments: stocks(4),
  sessions: 5,
  now: NOW,
  grades: true,
  calendars: {},
  actions: [],
};

/** A thread that does this in place of our own. */
function threadOf(source: string): string {
  const file = join(tempFolder(), 'thread.mjs');
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads';\n${source}`);
  return file;
}

const started = 'Atomics.store(workerData.loaded, 0, 1);';
const run = (source: string) => runInThreads('any', JOB, 2, NEVER, threadOf(source));

describe('threads', () => {
  it('are dealt the instruments in turn, each once', async () => {
    const runs = await run(
      "for (const { name } of workerData.job.instruments) parentPort.postMessage({ kind: 'ran', run: name });" +
        "parentPort.postMessage({ kind: 'done' });",
    );
    expect(runs).toEqual(['STOCK0', 'STOCK2', 'STOCK1', 'STOCK3']);
  });

  it('that cannot be loaded are told from those that fail', async () => {
    await expect(run("import './nowhere.mjs';")).rejects.toBeInstanceOf(NoThread);
    await expect(run(`${started} throw new Error('broken');`)).rejects.toMatchObject({
      code: 'internal',
      cause: { message: 'broken' },
    });
    await expect(run(`${started} process.exit(0);`)).rejects.toThrow('ended without an answer');
  });

  it('answer with an error that says what to do', async () => {
    const failed = "{ kind: 'failed', code: 'storage', message: 'The disk is full.', stack: 'at disk' }";
    const error = run(`${started} parentPort.postMessage(${failed});`);
    await expect(error).rejects.toMatchObject({ name: 'AppError', code: 'storage', message: 'The disk is full.' });
  });
});
