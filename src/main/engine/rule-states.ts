import type { RuleBookState, RuleState } from '../../contract/rules.ts';
import type { EpochMs } from '../../core/brand.ts';
import { type Instrument, symbolOf } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import { type CompiledRule, compileRule, looksAt } from '../../core/scanner/compile-rule.ts';
import { needsVolume } from '../../core/scanner/looks-back.ts';
import { SIDES } from '../../core/signal.ts';
import type { Track } from './track.ts';

const NO_VOLUME = 'It has no volume, which the rule needs, so the rule can never be known of it.';

/** What a screen shows of the rules: on which of the tracks they look, and what keeps them from it. */
export function ruleStates(
  rules: readonly Rule[],
  tracks: readonly Track[],
  now: EpochMs,
  isShipped: (id: string) => boolean,
): RuleBookState {
  const sectors = new Set(tracks.flatMap(({ instrument }) => instrument.sector ?? []));
  return {
    rules: rules.map((rule) => ruleState(rule, tracks, now, isShipped(rule.id))),
    sectors: [...sectors].sort(),
  };
}

function ruleState(rule: Rule, tracks: readonly Track[], now: EpochMs, isShipped: boolean): RuleState {
  const looked = tracks.filter(({ instrument }) => looksAt(rule, instrument));
  return {
    rule,
    isShipped,
    resting: restingReason(rule, looked, tracks, now) ?? null,
    instruments: looked.length,
    unknown: rule.enabled ? looked.filter((track) => isUnknown(track, rule)).length : 0,
    cannot: cannotKnow(
      compileRule(rule),
      looked.map(({ instrument }) => instrument),
    ),
  };
}

function restingReason(
  { universe, expiresOn }: Rule,
  looked: readonly Track[],
  tracks: readonly Track[],
  now: EpochMs,
): string | undefined {
  const [first] = tracks;
  if (expiresOn !== null && first !== undefined && first.calendar.dateOf(now) > expiresOn)
    return `Its last day was ${expiresOn}. Give it another, or none.`;
  if (looked.length > 0 || first === undefined) return undefined;
  if (universe.kind === 'sector')
    return `No watched instrument is in the sector ${universe.sectors.join(' or ')}. Choose another in the rule.`;
  if (universe.kind === 'list')
    return `None of ${universe.instruments.slice(0, 3).map(symbolOf).join(', ')} is watched. Choose others in the rule, or add them to the feed's list.`;
  return undefined;
}

/** Instruments of which the rule can never say anything, with the reason: never silently false. */
export function cannotKnow(rule: CompiledRule, instruments: readonly Instrument[]): RuleState['cannot'] {
  const conditions = SIDES.flatMap((side) => rule[side] ?? []);
  // One side that can be known is enough to fire.
  if (conditions.length === 0 || !conditions.every(needsVolume)) return [];
  return instruments
    .filter(({ segment }) => hasNoVolume(segment))
    .map(({ key }) => ({ instrument: key, reason: NO_VOLUME }));
}

/** Whether instruments of the segment tell no volume: an index, and currencies between banks. */
export function hasNoVolume(segment: Instrument['segment']): boolean {
  return segment === 'nse-index' || segment === 'fx';
}

function isUnknown({ lanes }: Track, { id, timeframe }: Rule): boolean {
  const lane = lanes.get(timeframe)?.lane;
  if (lane === undefined || lane.bars === 0) return true;
  return lane.judgements().some(({ rule, truth }) => rule.id === id && truth === undefined);
}
