import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../core/errors.ts';
import { openReader } from '../store/open-reader.ts';
import { type BacktestJob, runJob } from './job.ts';
import type { InstrumentRun } from './run-instrument.ts';

/** What the thread is started with. */
export interface WorkerTask {
  /** The store's file. */
  readonly path: string;
  readonly job: BacktestJob;
  /** One number that the thread makes 1 once it was loaded: an error of it may overtake any message. */
  readonly loaded: Int32Array<SharedArrayBuffer>;
}

/** How it ended. */
export type WorkerAnswer =
  | { readonly kind: 'done'; readonly runs: readonly InstrumentRun[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly stack: string | undefined };

// A thread of its own, with its own connection to the store: the engine's goes on writing.
// Given by runInThread.
const task = workerData as WorkerTask;
Atomics.store(task.loaded, 0, 1);
parentPort?.postMessage(answer(task));

function answer({ path, job }: WorkerTask): WorkerAnswer {
  try {
    const reader = openReader(path);
    try {
      return { kind: 'done', runs: [...runJob(job, reader)] };
    } finally {
      reader.close();
    }
  } catch (thrown) {
    const { code, message, stack, cause } = AppError.from(thrown);
    return { kind: 'failed', code, message, stack: cause instanceof Error ? cause.stack : stack };
  }
}
