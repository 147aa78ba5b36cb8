import type { RuleState } from '../../../../contract/rules.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Rule, RuleUniverse } from '../../../../core/rule.ts';
import { formatCount } from '../../format/quantity.ts';
import { timeframeLabel } from '../../format/timeframe.ts';

const FEW = 2;

/** `all symbols`, `RELIANCE, INFY`, `14 symbols`, `Bank and IT`. */
export function universeWords(universe: RuleUniverse): string {
  if (universe.kind === 'all') return 'all symbols';
  if (universe.kind === 'sector') {
    const { sectors } = universe;
    return sectors.length > FEW ? `${formatCount(sectors.length)} sectors` : sectors.join(' and ');
  }
  const { instruments } = universe;
  return instruments.length > FEW
    ? `${formatCount(instruments.length)} symbols`
    : instruments.map((key) => symbolOf(key)).join(', ');
}

/** `5m · all symbols · 2 today`. `today` is how often it fired since the day began, where that is known. */
export function ruleFacts({ timeframe, universe, forming }: Rule, today: number | undefined): string {
  return [
    timeframeLabel(timeframe),
    universeWords(universe),
    ...(forming ? ['forming too'] : []),
    ...(today === undefined || today === 0 ? [] : [`${formatCount(today)} today`]),
  ].join(' · ');
}

/** What keeps a rule that is on from looking at everything; undefined when nothing does. */
export function unknownWords({ unknown, cannot, instruments }: RuleState): string | undefined {
  const parts = [
    ...(unknown === 0 ? [] : [`${formatCount(unknown)} of ${formatCount(instruments)} unknown yet`]),
    ...(cannot.length === 0 ? [] : [`${formatCount(cannot.length)} can never be known`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
