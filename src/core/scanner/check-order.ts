import { rangeOf } from './check-range.ts';
import type { Field, NumberExpression } from './expression.ts';
import { formatNumber } from './format.ts';

type Call = Extract<NumberExpression, { kind: 'call' }>;

/** How two numbers can stand to each other: a sum of LESS, SAME and MORE. */
export type Standing = number;
export const LESS = 1;
export const SAME = 2;
export const MORE = 4;
export const ANY = LESS | SAME | MORE;

/** How many steps of such knowledge are tried after each other: high, its maximum, the maximum of that. */
const STEPS = 5;

/** How the first can stand to the second, whatever the prices; 0 where one of them is never known. */
export function standing(left: NumberExpression, right: NumberExpression): Standing {
  const [one, other] = [rangeOf(left), rangeOf(right)];
  if (one === undefined || other === undefined) return 0;
  let possible: Standing = ANY;
  // Beside each other: all of the one lies below all of the other, or they meet in one point.
  if (one.high < other.low) possible = LESS;
  else if (one.high === other.low) possible = one.isBelow || other.isAbove ? LESS : LESS | SAME;
  if (one.low > other.high) possible &= MORE;
  else if (one.low === other.high) possible &= one.isAbove || other.isBelow ? MORE : MORE | SAME;
  if (isAtMost(left, right, STEPS)) possible &= LESS | SAME;
  if (isAtMost(right, left, STEPS)) possible &= SAME | MORE;
  return possible;
}

/** Whether the first is never above the second, by what the two mean. */
function isAtMost(left: NumberExpression, right: NumberExpression, steps: number): boolean {
  if (steps === 0) return false;
  if (formatNumber(left) === formatNumber(right)) return true;
  if (left.kind === 'field' && right.kind === 'field') return isFieldAtMost(left.name, right.name);
  if (left.kind === 'offset' && right.kind === 'offset' && left.bars === right.bars)
    return isAtMost(left.of, right.of, steps - 1);
  if (left.kind === 'on' && right.kind === 'on')
    return (
      left.timeframe === right.timeframe && left.forming === right.forming && isAtMost(left.of, right.of, steps - 1)
    );
  return isBelowHighest(left, right, steps) || isAboveLowest(left, right, steps) || isBesideBand(left, right);
}

/** The bar itself is among those whose highest is taken; more bars have a higher one. */
function isBelowHighest(left: NumberExpression, right: NumberExpression, steps: number): boolean {
  if (right.kind === 'plain' && right.name === 'greater') return right.of.some((of) => isAtMost(left, of, steps - 1));
  const highest = windowOf(right, 'max');
  if (highest === undefined) return false;
  const shorter = windowOf(left, 'max');
  if (shorter !== undefined && shorter.bars <= highest.bars && isAtMost(shorter.of, highest.of, steps - 1)) return true;
  return isAtMost(left, highest.of, steps - 1);
}

function isAboveLowest(left: NumberExpression, right: NumberExpression, steps: number): boolean {
  if (left.kind === 'plain' && left.name === 'lesser') return left.of.some((of) => isAtMost(of, right, steps - 1));
  const lowest = windowOf(left, 'min');
  if (lowest === undefined) return false;
  const shorter = windowOf(right, 'min');
  if (shorter !== undefined && shorter.bars <= lowest.bars && isAtMost(lowest.of, shorter.of, steps - 1)) return true;
  return isAtMost(lowest.of, right, steps - 1);
}

interface Window {
  readonly of: NumberExpression;
  readonly bars: number;
}

/** The series and length of `max`, `min` and the outer lines of a donchian channel. */
function windowOf(expression: NumberExpression, name: 'max' | 'min'): Window | undefined {
  if (expression.kind !== 'call') return undefined;
  const { source, numbers, part } = expression;
  const [bars = 0] = numbers;
  if (expression.name === name && source !== undefined) return { of: source, bars };
  if (expression.name !== 'donchian') return undefined;
  if (part === 'upper' && name === 'max') return { of: { kind: 'field', name: 'high' }, bars };
  if (part === 'lower' && name === 'min') return { of: { kind: 'field', name: 'low' }, bars };
  return undefined;
}

/** Lines of the same bands lie in order. */
function isBesideBand(left: NumberExpression, right: NumberExpression): boolean {
  if (left.kind !== 'call' || right.kind !== 'call') return false;
  if (left.name !== 'bollinger' && left.name !== 'donchian') return false;
  const plain = (call: Call) => formatNumber({ ...call, part: undefined });
  if (plain(left) !== plain(right)) return false;
  const order = ['lower', 'mid', 'upper'];
  return order.indexOf(left.part ?? 'mid') <= order.indexOf(right.part ?? 'mid');
}

/** Which fields are never below which. The day counts the bar itself. */
const ABOVE: Readonly<Partial<Record<Field, readonly Field[]>>> = {
  'day low': ['low', 'open', 'close', 'hl2', 'high', 'day high', 'day open'],
  low: ['open', 'close', 'hl2', 'high', 'day high'],
  open: ['high', 'day high'],
  close: ['high', 'day high'],
  hl2: ['high', 'day high'],
  'day open': ['day high'],
  high: ['day high'],
  volume: ['day volume'],
};

function isFieldAtMost(left: Field, right: Field): boolean {
  return ABOVE[left]?.includes(right) ?? false;
}

/** A number that counts the bar itself, and could leave it out: the extreme of a window or of the day. */
export function countsThisBar(expression: NumberExpression): boolean {
  if (expression.kind === 'field') return expression.name === 'day high' || expression.name === 'day low';
  return windowOf(expression, 'max') !== undefined || windowOf(expression, 'min') !== undefined;
}
