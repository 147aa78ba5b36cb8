import type { CandleColumns } from '../../core/candle-columns.ts';
import type { CompiledRule } from '../../core/scanner/compile-rule.ts';
import { needsVolume } from '../../core/scanner/looks-back.ts';
import type { ScanLane } from '../../core/scanner/scan-lane.ts';
import { SIDES } from '../../core/signal.ts';

const NO_VOLUME = 'It has no volume, which the rule needs, so the rule can never be known of it.';

/**
 * Why a rule said nothing of an instrument, as a sentence; undefined where it could speak. `needed` bars settle the rule.
 */
export function whyUnknown(
  rule: CompiledRule,
  lane: ScanLane,
  { openTime, volume }: CandleColumns,
  needed: number,
): string | undefined {
  if (openTime.length === 0) return undefined;
  const conditions = SIDES.flatMap((side) => rule[side] ?? []);
  if (conditions.every(needsVolume) && volume.every(Number.isNaN)) return NO_VOLUME;
  if (lane.judgements().some(({ truth }) => truth !== undefined)) return undefined;
  const { length } = openTime;
  return length < needed
    ? `The rule is unknown of its newest bar: it needs ${needed} bars of ${rule.rule.timeframe}, and ${length} are stored.`
    : 'The rule is unknown of its newest bar: something that it looks at has no value there.';
}
