import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../core/errors.ts';
import type { BacktestJob } from './job.ts';
import type { InstrumentRun } from './run-instrument.ts';
import type { WorkerAnswer, WorkerTask } from './worker.ts';

/** No thread could be started on this machine: the work must be done elsewhere. */
export class NoThread extends Error {}

/** Of the build's entry, beside that of the app: electron.vite.config.ts. */
const BUILT = 'backtest-worker.js';

/**
 * Runs a job in threads of its own, the instruments dealt out among them. Rejects with an AppError, with NoThread, or with
 * the reason of `stop` when that aborts; no thread is left running.
 */
export async function runInThreads(
  path: string,
  job: BacktestJob,
  threads: number,
  stop: AbortSignal,
  file = workerFile(),
): Promise<readonly InstrumentRun[]> {
  const hands = Array.from({ length: threads }, (_, hand) =>
    job.instruments.filter((_instrument, index) => index % threads === hand),
  );
  const over = new AbortController();
  try {
    const ended = AbortSignal.any([stop, over.signal]);
    const runs = await Promise.all(
      hands
        .filter((instruments) => instruments.length > 0)
        .map((instruments) => runInThread(file, { path, job: { ...job, instruments }, loaded: flag() }, ended)),
    );
    return runs.flat();
  } finally {
    // One that failed ends the others.
    over.abort();
  }
}

/** A number that both threads see. */
function flag(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

function runInThread(file: string, task: WorkerTask, stop: AbortSignal): Promise<readonly InstrumentRun[]> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason);
    // What the program was started with is none of the thread's business.
    const worker = new Worker(file, { workerData: task, execArgv: [], name: 'backtest' });
    const end = (): void => {
      stop.removeEventListener('abort', halt);
      void worker.terminate();
    };
    const halt = (): void => {
      end();
      reject(stop.reason);
    };
    stop.addEventListener('abort', halt);
    const runs: InstrumentRun[] = [];
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'ran') {
        runs.push(answer.run);
        return;
      }
      end();
      if (answer.kind === 'done') resolve(runs);
      else reject(errorOf(answer));
    });
    worker.once('error', (cause) => {
      end();
      const isLoaded = Atomics.load(task.loaded, 0) === 1;
      reject(isLoaded ? AppError.from(cause) : new NoThread('The thread could not be loaded.', { cause }));
    });
    worker.once('exit', () => {
      end();
      reject(
        new AppError('internal', 'The thread that ran the rule over the past ended without an answer. Try again.'),
      );
    });
  });
}

/** The source beside this one when it runs as TypeScript, or the build's own entry, which may be a folder above. */
function workerFile(): string {
  const { filename, dirname: folder } = import.meta;
  if (filename.endsWith('.ts')) return join(folder, 'worker.ts');
  return join(basename(folder) === 'chunks' ? dirname(folder) : folder, BUILT);
}

function errorOf({ code, message, stack }: Extract<WorkerAnswer, { kind: 'failed' }>): AppError {
  const cause = Object.assign(new Error(message), stack === undefined ? {} : { stack });
  return new AppError(code, message, { cause });
}
