import type { Calendar, CalendarData } from '../../core/calendar.ts';
import { calendarFrom } from '../../core/calendar-of.ts';
import { actionsInForce, type CorporateAction } from '../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import { compileRule } from '../../core/scanner/compile-rule.ts';
import { Archive, type BarSource } from '../engine/archive.ts';
import { KeptBars } from './kept-bars.ts';
import { type InstrumentRun, type RunPlan, runInstrument } from './run-instrument.ts';

/** All that a run is made of beside the bars: plain data, so that it can go to another thread. */
export interface BacktestJob extends RunPlan {
  readonly rule: Rule;
  readonly instruments: readonly Instrument[];
  /** What the calendars of the instruments' segments are made of; none for those that need no data. */
  readonly calendars: Readonly<Partial<Record<Segment, CalendarData>>>;
  /** Splits and bonuses, those to come as well. */
  readonly actions: readonly CorporateAction[];
}

/**
 * Runs a job over stored bars, one instrument after another. Throws an AppError that says what is wrong when the rule's
 * text cannot be read, or the disk lets us down.
 */
export function* runJob(job: BacktestJob, source: BarSource): Generator<InstrumentRun> {
  const rules = [compileRule(job.rule)] as const;
  const calendars = new Map<Segment, Calendar>();
  for (const instrument of job.instruments) {
    const { key, segment } = instrument;
    const calendar = calendars.get(segment) ?? calendarFrom(segment, job.calendars[segment]);
    calendars.set(segment, calendar);
    const actions = actionsInForce(job.actions, key, calendar.dateOf(job.now));
    const archive = new Archive(
      new KeptBars(source, job.now),
      () => undefined,
      () => actions,
    );
    yield runInstrument(rules, instrument, calendar, archive, job);
  }
}
