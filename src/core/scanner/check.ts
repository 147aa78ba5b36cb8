import type { CheckFacts } from './check-facts.ts';
import { isAlways, isNever } from './check-holds.ts';
import { nameWarnings } from './check-names.ts';
import { plainWarnings } from './check-plain.ts';
import { reasonOf } from './check-words.ts';
import type { Condition, Expression, TextSpan } from './expression.ts';
import { formatScan } from './format.ts';
import type { TextWarning } from './problem.ts';

type Places = ReadonlyMap<Expression, TextSpan>;

/**
 * What is questionable about a sentence that can be read, in the order of the text: see `TextWarning`. `places` are
 * those of `parseScan`. It never says `never` or `always` of what can be otherwise; of much that cannot it says nothing.
 */
export function checkScan(condition: Condition, places: Places, facts: CheckFacts): readonly TextWarning[] {
  const warnings = [
    ...holdsWarnings(condition, places, facts),
    ...plainWarnings(condition, places, facts),
    ...nameWarnings(condition, places, facts),
  ];
  return warnings.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

function holdsWarnings(condition: Condition, places: Places, facts: CheckFacts): readonly TextWarning[] {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const inner = condition.of.flatMap((part) => holdsWarnings(part, places, facts));
      const kind = condition.kind === 'and' ? 'never' : 'always';
      if (inner.some((warning) => warning.kind === kind)) return inner;
      const whole = kind === 'never' ? isNever(condition, facts.hours) : isAlways(condition, facts.hours);
      return whole ? [...inner, atOdds(condition, places, facts)] : inner;
    }
    case 'not':
    case 'within':
    case 'for':
      return holdsWarnings(condition.of, places, facts);
    default: {
      const never = isNever(condition, facts.hours);
      if (!never && !isAlways(condition, facts.hours)) return [];
      const { why, meant } = reasonOf(condition, never, facts.hours);
      const says = never ? 'This can never hold.' : 'This always holds, so it can be left out.';
      return [
        {
          kind: never ? 'never' : 'always',
          ...placeOf(condition, places),
          message: `${says} ${why}`.trim(),
          suggestion: meant,
        },
      ];
    }
  }
}

/** Parts that contradict each other, or of which one always holds. */
function atOdds(
  joined: Extract<Condition, { kind: 'and' | 'or' }>,
  places: Places,
  { hours }: CheckFacts,
): TextWarning {
  const { kind, of } = joined;
  const isIt = (parts: readonly Condition[]) =>
    kind === 'and' ? isNever({ kind, of: parts }, hours) : isAlways({ kind, of: parts }, hours);
  const last = of.findIndex((_part, index) => isIt(of.slice(0, index + 1)));
  const second = of[last];
  const first = of.slice(0, last).find((part) => second !== undefined && isIt([part, second]));
  const [from, to] = [placeOf(first ?? joined, places), placeOf(second ?? joined, places)];
  const pair =
    first === undefined || second === undefined ? 'These conditions' : `${formatScan(first)} and ${formatScan(second)}`;
  return {
    kind: kind === 'and' ? 'never' : 'always',
    start: Math.min(from.start, to.start),
    end: Math.max(from.end, to.end),
    message:
      kind === 'and'
        ? `${pair} can never hold at once, so this never holds.`
        : `One of ${pair.replace('These conditions', 'these conditions')} always holds, so this always does.`,
    suggestion: null,
  };
}

export function placeOf(expression: Expression, places: Places): TextSpan {
  return places.get(expression) ?? { start: 0, end: 0 };
}
