import { findFunction } from './catalogue.ts';
import type { Expression } from './expression.ts';
import { childrenOf, walk } from './walk.ts';

/** Whether anything in it can only be known of an instrument that has a volume. */
export function needsVolume(expression: Expression): boolean {
  for (const part of walk(expression)) {
    if (part.kind === 'field' && part.name.endsWith('volume')) return true;
    if (part.kind === 'call' && findFunction(part.name)?.needsVolume === true) return true;
  }
  return false;
}

/**
 * Bars of the rule's own timeframe that a verdict looks at directly: its longest period, and what it reaches back. What
 * smoothed averages remember beyond that has faded.
 */
export function looksBack(expression: Expression): number {
  const inner = childrenOf(expression).reduce((most, part) => Math.max(most, looksBack(part)), 0);
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
