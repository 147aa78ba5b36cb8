import { availableParallelism } from 'node:os';
import type { CalendarData } from '../../core/calendar.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';
import type { Segment } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import { compileRule, looksAt } from '../../core/scanner/compile-rule.ts';
import type { BarSource } from '../engine/archive.ts';
import { pause } from '../engine/pause.ts';
import type { BacktestRequest, BacktestRunner, Clock } from '../engine/ports.ts';
import { type BacktestJob, runJob } from './job.ts';
import { backtestReport, noiseReport } from './report.ts';
import type { InstrumentRun } from './run-instrument.ts';
import { NoThread, runInThreads } from './run-threads.ts';

export interface BacktestParts {
  /** The clock on the wall. */
  readonly clock: Clock;
  /** Where the bars are. One in memory is read here, in slices; a file is read by threads of their own. */
  readonly store: BarSource & { readonly path: string };
  /** What a segment's calendar is made of just now; undefined for those that need no data. */
  calendarData(segment: Segment): CalendarData | undefined;
  /** Splits and bonuses, those to come as well. */
  readonly actions: readonly CorporateAction[];
  /** Aborts when the store is about to close. */
  readonly ended?: AbortSignal;
  /** Threads at the most; by the machine's cores where absent. */
  readonly threads?: number;
}

/** Fewer instruments are not worth a thread. */
const LEAST_HAND = 8;
const MOST_THREADS = 4;

/** Runs rules over what is stored. */
export function createBacktestRunner(parts: BacktestParts): BacktestRunner {
  const { clock } = parts;
  return {
    async run(request, stop) {
      const began = clock.now();
      const runs = await runAll(parts, jobOf(parts, request, request.rule, true), stop);
      return { ...backtestReport(runs), elapsedMs: clock.now() - began };
    },
    async noise(request, stop) {
      const began = clock.now();
      const { rule } = request;
      const runs = await runAll(parts, jobOf(parts, request, { ...rule, cooldownMinutes: 0 }, false), stop);
      return { ...noiseReport(runs, rule.cooldownMinutes), elapsedMs: clock.now() - began };
    },
  };
}

function jobOf(parts: BacktestParts, request: BacktestRequest, rule: Rule, grades: boolean): BacktestJob {
  // A text that cannot be read is told of before anything is started.
  compileRule(rule);
  const instruments = request.instruments.filter((instrument) => looksAt(rule, instrument));
  const segments = new Set(instruments.map(({ segment }) => segment));
  const keys = new Set(instruments.map(({ key }) => key));
  return {
    rule,
    instruments,
    sessions: request.sessions,
    now: request.now,
    grades,
    calendars: Object.fromEntries(
      [...segments].flatMap((segment) => {
        const data = parts.calendarData(segment);
        return data === undefined ? [] : [[segment, data]];
      }),
    ),
    actions: parts.actions.filter(({ instrument }) => keys.has(instrument)),
  };
}

async function runAll(parts: BacktestParts, job: BacktestJob, asked: AbortSignal): Promise<readonly InstrumentRun[]> {
  const stop = parts.ended === undefined ? asked : AbortSignal.any([asked, parts.ended]);
  stop.throwIfAborted();
  const { store, threads = Math.min(availableParallelism(), MOST_THREADS) } = parts;
  if (store.path === ':memory:') return runHere(parts, job, stop);
  const hands = Math.min(threads, Math.ceil(job.instruments.length / LEAST_HAND));
  if (hands === 0) return [];
  try {
    return await runInThreads(store.path, job, hands, stop);
  } catch (thrown) {
    if (thrown instanceof NoThread) return runHere(parts, job, stop);
    throw thrown;
  }
}

/** In this thread, an instrument at a time, with a breath in between. */
async function runHere({ clock, store }: BacktestParts, job: BacktestJob, stop: AbortSignal): Promise<InstrumentRun[]> {
  const runs: InstrumentRun[] = [];
  for (const run of runJob(job, store)) {
    runs.push(run);
    await pause(clock, 0, stop);
    stop.throwIfAborted();
  }
  return runs;
}
