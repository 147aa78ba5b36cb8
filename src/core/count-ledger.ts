import { type EpochMs, type InstrumentKey, MINUTE_MS } from './brand.ts';
import type { Session } from './calendar.ts';
import { type CoveredSpan, countDay, type DayCoverage, type Grade } from './day-coverage.ts';
import { BAR_FIELDS, type BarValues, type Revision } from './revision.ts';
import { joinSpans } from './spans.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/** How history or an import differed from our bars, in one field of one instrument's day. */
export interface CountedDifference {
  readonly field: keyof BarValues;
  /** Bars in which it differed. */
  readonly bars: number;
  /** The largest difference, in the field's own unit. */
  readonly largest: number;
}

/** One instrument's day, counted. */
export interface CountedLedger extends DayCoverage {
  readonly grade: Grade;
  /** Minutes that the feed alone had left open. */
  readonly missingBefore: number;
  readonly differences: readonly CountedDifference[];
  /** Bars changed by ticks that came after they had closed. */
  readonly lateRevisions: number;
}

export interface LedgerInputs {
  readonly session: Session;
  readonly instrument: InstrumentKey;
  /** Stretches that touch the session; those of other instruments are left out. */
  readonly covered: readonly CoveredSpan[];
  /** Changes of bars; those of other instruments and days are left out. */
  readonly revisions: readonly Revision[];
  /** The market's clock. */
  readonly now: EpochMs;
  /** True while somebody is still asking history for what is missing. */
  readonly isRepairable?: boolean;
  /** True where nobody can ever tell what is missing, as of a recording. */
  readonly isFinal?: boolean;
}

/** How long after the close holes are still expected to be filled: the venue's history may lag. */
export const REPAIR_GRACE_MS = 30 * MINUTE_MS;

/** One line of the ledger. Minutes count as known from history only where the stored bars tell each minute by itself. */
export function countLedger(inputs: LedgerInputs): CountedLedger {
  const { session, instrument, now, isRepairable = false, isFinal = false } = inputs;
  const own = inputs.covered.filter((span) => span.instrument === instrument && tellsMinutes(span.timeframe));
  const live = joinSpans(own.filter(({ provenance }) => provenance === 'live'));
  const told = joinSpans(own.filter(({ provenance }) => provenance !== 'live'));
  const counted = countDay({ instrument, session, live, told }, now);
  const revisions = inputs.revisions.filter(
    (each) => each.instrument === instrument && each.openTime >= session.open && each.openTime < session.close,
  );
  const canWait = !isFinal && (isRepairable || now < session.close + REPAIR_GRACE_MS);
  return {
    ...counted,
    grade: counted.missing === 0 ? 'green' : canWait ? 'amber' : 'red',
    missingBefore: counted.repaired + counted.missing,
    differences: countDifferences(revisions),
    lateRevisions: countLate(revisions),
  };
}

/** How far one field of a bar moved; undefined where one side does not know it. */
export function fieldDifference({ before, after }: Revision, field: keyof BarValues): number | undefined {
  const was = before?.[field];
  const is = after[field];
  return was === undefined || is === undefined ? undefined : Math.abs(is - was);
}

/**
 * What history, the exchange or an import said of the minutes we had: a bar told twice counts once, with the larger
 * difference. Late ticks are counted apart (`countLate`).
 */
export function minuteRevisions(revisions: readonly Revision[]): readonly Revision[] {
  return revisions.filter(({ timeframe, reason }) => timeframe === '1m' && reason !== 'late-tick');
}

function countDifferences(revisions: readonly Revision[]): readonly CountedDifference[] {
  const told = minuteRevisions(revisions);
  return BAR_FIELDS.flatMap((field) => {
    const bars = new Set<EpochMs>();
    let largest = 0;
    for (const revision of told) {
      const difference = fieldDifference(revision, field) ?? 0;
      if (difference === 0) continue;
      bars.add(revision.openTime);
      largest = Math.max(largest, difference);
    }
    return bars.size === 0 ? [] : [{ field, bars: bars.size, largest }];
  });
}

/** Bars that ticks changed after they had closed. One changes a bar of each frame: the frame that tells most has them all. */
export function countLate(revisions: readonly Revision[]): number {
  const bars = new Map<Timeframe, Set<EpochMs>>();
  for (const { timeframe, openTime, reason } of revisions) {
    if (reason !== 'late-tick') continue;
    const known = bars.get(timeframe) ?? new Set();
    bars.set(timeframe, known.add(openTime));
  }
  return Math.max(0, ...[...bars.values()].map(({ size }) => size));
}

/** Whether minutes can be made of such bars. */
function tellsMinutes(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && MINUTE_MS % INTRADAY_MS[timeframe] === 0;
}
