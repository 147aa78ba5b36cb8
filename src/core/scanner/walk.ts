import { findFunction } from './catalogue.ts';
import type { Expression } from './expression.ts';

/** What an expression is directly made of, from left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'field':
    case 'time':
    case 'member':
      return [];
    case 'call':
      return expression.source === undefined ? [] : [expression.source];
    case 'plain':
    case 'and':
    case 'or':
      return expression.of;
    case 'offset':
    case 'on':
    case 'negate':
    case 'turns':
    case 'moves':
    case 'within':
    case 'for':
    case 'not':
      return [expression.of];
    case 'arithmetic':
    case 'compare':
    case 'crosses':
      return [expression.left, expression.right];
    case 'between':
      return [expression.of, expression.low, expression.high];
  }
}

/** The expression and everything in it, each before its parts. */
export function* everyPart(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* everyPart(part);
}

/** Whether anything in it can only be known of an instrument that has a volume. */
export function needsVolume(expression: Expression): boolean {
  for (const part of everyPart(expression)) {
    if (part.kind === 'field' && part.name.endsWith('volume')) return true;
    if (part.kind === 'call' && findFunction(part.name)?.needsVolume === true) return true;
  }
  return false;
}

/**
 * Bars of the rule's own timeframe that a verdict looks at directly: its longest period and what it reaches back. What
 * smoothed averages remember beyond that has faded.
 */
export function reachOf(expression: Expression): number {
  const inner = partsOf(expression).reduce((most, part) => Math.max(most, reachOf(part)), 0);
  switch (expression.kind) {
    case 'call': {
      const numbers = findFunction(expression.name)?.numbers ?? [];
      const bars = expression.numbers.filter((_number, index) => numbers[index]?.isBars === true);
      return inner + Math.max(0, ...bars);
    }
    case 'offset':
    case 'moves':
    case 'within':
    case 'for':
      return inner + expression.bars;
    case 'on':
      return 0;
    default:
      return inner;
  }
}
