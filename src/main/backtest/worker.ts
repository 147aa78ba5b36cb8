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

/**
 * What came of each instrument as soon as it is known, and then how it ended. All of them in one word would hold up
 * whoever hears it for as long as it takes to read.
 */
export type WorkerAnswer =
  | { readonly kind: 'ran'; readonly run: InstrumentRun }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly stack: string | undefined };

// A thread of its own, with its own connection to the store: the engine's goes on writing.
// Given by runInThread.
const task = workerData as WorkerTask;
Atomics.store(task.loaded, 0, 1);
say(answer(task));

function say(word: WorkerAnswer): void {
  parentPort?.postMessage(word);
}

function answer({ path, job }: WorkerTask): WorkerAnswer {
  try {
    const reader = openReader(path);
    try {
      for (const run of runJob(job, reader)) say({ kind: 'ran', run });
      return { kind: 'done' };
    } finally {
      reader.close();
    }
  } catch (thrown) {
    const { code, message, stack, cause } = AppError.from(thrown);
    return { kind: 'failed', code, message, stack: cause instanceof Error ? cause.stack : stack };
  }
}
