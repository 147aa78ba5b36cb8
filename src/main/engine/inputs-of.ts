import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Finding } from '../../core/scanner/finding.ts';
import { looksBack } from '../../core/scanner/looks-back.ts';
import type { Inputs } from '../../core/signal.ts';
import { INTRADAY_MS, isIntraday } from '../../core/timeframe.ts';
import type { LaneRules } from './rule-lane.ts';
import type { Track } from './track.ts';

/** A signal soon after a hole that nobody filled says so. `close` is that of its bar. */
export function inputsOf(
  { coverage }: Pick<Track, 'coverage'>,
  { rules, timeframe }: LaneRules,
  { rule, side, barTime }: Finding,
  close: EpochMs,
): Inputs {
  const condition = rules.find((each) => each.rule.id === rule.id)?.[side];
  const reach = condition === undefined ? 0 : looksBack(condition);
  const open = (barTime - reach * (close - barTime)) as EpochMs;
  if (coverage.isBroken({ open, close })) return 'incomplete';
  // Minutes of which nobody told are given up in time, and count as broken. Nobody gives up seconds, or days.
  if (isIntraday(timeframe) && INTRADAY_MS[timeframe] >= MINUTE_MS) return 'whole';
  return coverage.isKnown({ open: isIntraday(timeframe) ? open : barTime, close }, timeframe) ? 'whole' : 'incomplete';
}
