import type { NearMiss } from '../../../../contract/rules.ts';
import { formatNumber, UNKNOWN } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { readingText } from '../../format/reading.ts';

type NearClause = NearMiss['clauses'][number];

/** A mark, and the word that says the same to those who do not see it. */
export function holdsMark(holds: boolean | null): readonly [mark: string, word: string] {
  if (holds === null) return ['?', 'unknown'];
  return holds ? ['✓', 'holds'] : ['✗', 'does not hold'];
}

/** `2 of 3 hold`. */
export function holdingWords({ holding, clauses }: Pick<NearMiss, 'holding' | 'clauses'>): string {
  return `${holding} of ${clauses.length} hold${clauses.length === 1 ? 's' : ''}`;
}

/** The readings of a condition: `rsi(14) 48.2 · close 1,412.30`; a value nobody knows is a dash. */
export function clauseValues({ values }: NearClause, style: PriceStyle): string {
  return Object.entries(values)
    .map(([operand, value]) => `${operand} ${value === null ? UNKNOWN : readingText(operand, value, style)}`)
    .join(' · ');
}

/** `0.4 % away`; empty where that cannot be said, or nothing is missing. */
export function distanceWords({ holds, distance }: Pick<NearClause, 'holds' | 'distance'>): string {
  if (holds !== false || distance === null) return '';
  const percent = distance * 100;
  return percent < 0.01 ? 'a hair away' : `${formatNumber(percent, percent < 1 ? 2 : 1)} % away`;
}
