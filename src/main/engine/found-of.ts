import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Finding } from '../../core/scanner/finding.ts';
import { signalOf } from '../../core/scanner/finding-signal.ts';
import type { Found } from './found.ts';
import { inputsOf } from './inputs-of.ts';
import type { LaneRules, RuleLane } from './rule-lane.ts';
import type { Track } from './track.ts';

/** Where a finding was made. */
export interface FoundIn {
  readonly lane: RuleLane;
  readonly rules: LaneRules;
  /** Its averages began too late. */
  readonly isShort: boolean;
}

/** A finding of a lane's newest bar, with what is known of how it came to that. */
export function foundOf(
  track: Track,
  { lane, rules, isShort }: FoundIn,
  finding: Finding,
  circumstances: Pick<Found, 'bar' | 'isLate' | 'judgedAt'>,
): Found {
  const { coverage, calendar, instrument } = track;
  const { timeframe } = rules;
  const open = circumstances.bar.openTime;
  const barClosed = barCloseTime(open, timeframe, calendar);
  const told = coverage.isKnown({ open, close: barClosed }, timeframe) ? 'history' : 'not-whole';
  return {
    ...circumstances,
    track,
    finding,
    signal: signalOf(finding, instrument.key, timeframe),
    before: lane.previousBar,
    inputs: isShort ? 'incomplete' : inputsOf(track, rules, finding, barClosed),
    ground: coverage.isHeard(open) ? 'live' : told,
    // A lane that found something has seen a bar.
    firstBar: (lane.firstOpenTime ?? open) as EpochMs,
    barCount: lane.bars,
    longer: lane.newestLonger(),
    longerStarts: lane.longerStarts(),
    barClosed,
  };
}
