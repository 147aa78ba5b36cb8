import { DAY_FIELDS, type Expression } from './expression.ts';

/** The numbers and conditions that a node is made of, in the order in which they are written. */
export function childrenOf(expression: Expression): readonly Expression[] {
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
    case 'arithmetic':
    case 'compare':
    case 'crosses':
      return [expression.left, expression.right];
    case 'between':
      return [expression.of, expression.low, expression.high];
    default:
      return [expression.of];
  }
}

/** A node and all that stands within it, outermost first, in the order in which they are written. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* walk(child);
}

/** Whether a number is made of literals alone: the same on each bar. */
export function isConstant(expression: Expression): boolean {
  const { kind } = expression;
  return kind !== 'field' && kind !== 'call' && childrenOf(expression).every(isConstant);
}

export function isDayField(expression: Expression): boolean {
  return expression.kind === 'field' && (DAY_FIELDS as readonly string[]).includes(expression.name);
}

/**
 * Bars that a node reaches back, offsets and windows inside each other added up; what indicators need of history is
 * not counted.
 */
export function reachOf(expression: Expression): number {
  const inner = childrenOf(expression).reduce((most, child) => Math.max(most, reachOf(child)), 0);
  switch (expression.kind) {
    case 'offset':
    case 'moves':
      return inner + expression.bars;
    case 'within':
    case 'for':
      return inner + expression.bars - 1;
    case 'crosses':
      return inner + 1;
    case 'turns':
      return inner + 2;
    default:
      return inner;
  }
}
