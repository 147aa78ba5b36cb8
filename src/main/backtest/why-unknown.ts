import type { CandleColumns } from '../../core/candle-columns.ts';
import type { CompiledRule } from '../../core/scanner/compile-rule.ts';
import { needsVolume } from '../../core/scanner/looks-back.ts';
import type { ScanLane } from '../../core/scanner/scan-lane.ts';
import { SIDES } from '../../core/signal.ts';

const NO_VOLUME = 'It has no volume, which the rule needs, so the rule can never be known of it.';

/**
 * Why a rule can say nothing of an instrument, as a sentence; undefined where it could speak. `needed` bars settle the
 * rule, and it was `found` so many times.
 */
export function whyUnknown(
  rule: CompiledRule,
  lane: ScanLane,
  { openTime, volume }: CandleColumns,
  needed: number,
  found: number,
): string | undefined {
  if (openTime.length === 0) return undefined;
  const conditions = SIDES.flatMap((side) => rule[side] ?? []);
  if (conditions.every(needsVolume) && volume.every(Number.isNaN)) return NO_VOLUME;
  const sides = lane.judgements();
  const { length } = openTime;
  if (length < needed && sides.every(({ truth }) => truth === undefined))
    return `The rule is unknown of its newest bar: it needs ${needed} bars of ${rule.rule.timeframe}, and ${length} are stored.`;
  // One condition of it may be false, and the rule with it, while another will never be known.
  const unknown = sides.map(({ clauses }) => clauses.filter(({ truth }) => truth === undefined));
  if (unknown.some((clauses) => clauses.length === 0) || (found > 0 && sides.some(({ truth }) => truth !== undefined)))
    return undefined;
  const operands = unknown.flat().flatMap((clause) => clause.operands.filter(({ now }) => now === undefined));
  const texts = [...new Set(operands.map(({ text }) => text))];
  if (texts.length === 0) return 'The rule is unknown of its newest bar: it looks back further than bars are stored.';
  return `The rule cannot hold on its newest bar: nothing is known there of ${texts.join(', ')}. Too few bars may be stored.`;
}
