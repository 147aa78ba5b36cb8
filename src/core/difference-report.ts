import type { InstrumentKey } from './brand.ts';
import { countLate, fieldDifference, minuteRevisions } from './count-ledger.ts';
import { BAR_FIELDS, type BarValues, type Revision } from './revision.ts';

/** How history or an import differed from one instrument's bars of a day, in one field. */
export interface ReportedDifference {
  readonly instrument: InstrumentKey;
  readonly field: keyof BarValues;
  /** One-minute bars in which it differed. */
  readonly bars: number;
  /** In the field's own unit; the mean is over the bars that differ. */
  readonly largest: number;
  readonly mean: number;
}

export interface DifferenceReport {
  readonly rows: readonly ReportedDifference[];
  /** Bars that a tick changed after they had closed, of the frame that has most, by instrument. */
  readonly lateTicks: ReadonlyMap<InstrumentKey, number>;
  /** One-minute bars that differ in any field. */
  readonly bars: number;
}

/** The daily difference report, of the day's revisions. A bar told twice counts once, with the larger difference. */
export function reportDifferences(revisions: readonly Revision[]): DifferenceReport {
  const byInstrument = Map.groupBy(revisions, ({ instrument }) => instrument);
  const rows: ReportedDifference[] = [];
  const lateTicks = new Map<InstrumentKey, number>();
  let bars = 0;
  for (const [instrument, own] of [...byInstrument].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const told = minuteRevisions(own);
    const differing = new Set<number>();
    for (const field of BAR_FIELDS) {
      const largestOf = new Map<number, number>();
      for (const revision of told) {
        const difference = fieldDifference(revision, field) ?? 0;
        if (difference === 0) continue;
        differing.add(revision.openTime);
        largestOf.set(revision.openTime, Math.max(difference, largestOf.get(revision.openTime) ?? 0));
      }
      const differences = [...largestOf.values()];
      if (differences.length === 0) continue;
      const sum = differences.reduce((total, each) => total + each, 0);
      const largest = Math.max(...differences);
      rows.push({ instrument, field, bars: differences.length, largest, mean: sum / differences.length });
    }
    bars += differing.size;
    const late = countLate(own);
    if (late > 0) lateTicks.set(instrument, late);
  }
  return { rows, lateTicks, bars };
}
