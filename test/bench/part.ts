import type { Reading } from './reading.ts';

/** One way of doing a job, prepared. */
export interface Contender {
  /** How many operations one `run` is. */
  readonly operations: number;
  /**
   * Does the job once and returns something that depends on all of it, so that nothing can be left out. One that waits
   * for something returns a promise.
   */
  run(): unknown;
  /** Puts things back before each run; not timed. */
  reset?(): void;
  finish?(): void | Promise<void>;
}

/** A contender not yet prepared: that happens in its own process, so that no other's garbage or code is in its way. */
export interface Entry {
  readonly name: string;
  prepare(): Contender | Promise<Contender>;
}

/** One table of the report. */
export interface Job {
  readonly title: string;
  /** What one operation is. */
  readonly unit: string;
  /** Ours is the first. */
  readonly entries: readonly Entry[];
  /** What was once measured with the peers and with the fastest way known: something to hold the ratios against. */
  readonly reference: string;
}

/** What `--only` names. */
export interface Part {
  readonly name: string;
  /** Throws when the contenders do not give the same results. */
  check(): void | Promise<void>;
  readonly jobs: readonly Job[];
  /** What there is to measure beside the races. */
  readonly measured?: { readonly title: string; take(): Promise<readonly Reading[]> };
}
