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
}

/** What it says: that it could be loaded, and then how it ended. */
export type WorkerAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'done'; readonly runs: readonly InstrumentRun[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly stack: string | undefined };

// A thread of its own, with its own connection to the store: the engine's goes on writing.
parentPort?.postMessage({ kind: 'started' } satisfies WorkerAnswer);
parentPort?.postMessage(answer(workerData as WorkerTask));

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
