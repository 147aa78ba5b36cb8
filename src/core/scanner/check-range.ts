import { reckon } from './explain-truth.ts';
import type { Field, NumberExpression } from './expression.ts';

/** Where a number can lie; `isAbove` and `isBelow` leave the bounds themselves out. Undefined is never known. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly isAbove: boolean;
  readonly isBelow: boolean;
}

type Call = Extract<NumberExpression, { kind: 'call' }>;

const { POSITIVE_INFINITY: TOP, NEGATIVE_INFINITY: BOTTOM } = Number;

export const ANYWHERE: Range = { low: BOTTOM, high: TOP, isAbove: true, isBelow: true };
const PRICE: Range = { ...ANYWHERE, low: 0 };
const QUANTITY: Range = { ...PRICE, isAbove: false };
/** A price cannot fall by more than all of it. */
const CHANGE: Range = { ...ANYWHERE, low: -100 };
const PERCENT: Range = closed(0, 100);

export function closed(low: number, high: number): Range {
  return { low, high, isAbove: low === BOTTOM, isBelow: high === TOP };
}

export function isEmpty({ low, high, isAbove, isBelow }: Range): boolean {
  return low > high || (low === high && (isAbove || isBelow));
}

export function intersection(one: Range, other: Range): Range {
  const [low, high] = [Math.max(one.low, other.low), Math.min(one.high, other.high)];
  return {
    low,
    high,
    isAbove: (one.low === low && one.isAbove) || (other.low === low && other.isAbove),
    isBelow: (one.high === high && one.isBelow) || (other.high === high && other.isBelow),
  };
}

/**
 * Where a number lies by what it means, whatever the prices. Undefined where it is never known: divided by zero.
 * By definition, that is: a computed RSI may lie beyond 100 by the last of its digits.
 */
export function rangeOf(expression: NumberExpression): Range | undefined {
  switch (expression.kind) {
    case 'number':
      return closed(expression.value, expression.value);
    case 'field':
      return rangeOfField(expression.name);
    case 'call':
      return rangeOfCall(expression);
    case 'offset':
    case 'on':
      return rangeOf(expression.of);
    case 'negate': {
      const of = rangeOf(expression.of);
      return of && { low: -of.high, high: -of.low, isAbove: of.isBelow, isBelow: of.isAbove };
    }
    case 'plain':
      return rangeOfPlain(expression);
    case 'arithmetic': {
      const [left, right] = [rangeOf(expression.left), rangeOf(expression.right)];
      return left && right && reckoned(expression.op, left, right);
    }
  }
}

function rangeOfField(name: Field): Range {
  if (name.endsWith('volume')) return QUANTITY;
  return name === 'day change' || name === 'gap' ? CHANGE : PRICE;
}

function rangeOfCall({ name, source, part }: Call): Range | undefined {
  const of = source === undefined ? PRICE : rangeOf(source);
  if (of === undefined) return undefined;
  switch (name) {
    case 'rsi':
    case 'stochastic':
    case 'adx':
    case 'plus_di':
    case 'minus_di':
      return PERCENT;
    case 'atr':
    case 'stddev':
      return QUANTITY;
    case 'max':
    case 'min':
      return of;
    case 'ema':
    case 'sma':
    case 'rma':
      // Rounded, an average may reach a bound that none of its numbers did.
      return { ...of, isAbove: of.low === BOTTOM, isBelow: of.high === TOP };
    case 'sum':
      return of.low >= 0 ? QUANTITY : ANYWHERE;
    case 'roc':
      return of.low >= 0 ? { ...CHANGE, isAbove: false } : ANYWHERE;
    case 'supertrend':
      return part === 'direction' ? closed(-1, 1) : ANYWHERE;
    case 'donchian':
    case 'vwap':
      return { ...PRICE, isAbove: false };
    default:
      return ANYWHERE;
  }
}

function rangeOfPlain({ name, of }: Extract<NumberExpression, { kind: 'plain' }>): Range | undefined {
  const [first, second = first] = of.map(rangeOf);
  if (first === undefined || second === undefined) return undefined;
  switch (name) {
    case 'abs': {
      const high = Math.max(Math.abs(first.low), Math.abs(first.high));
      const low = first.low <= 0 && first.high >= 0 ? 0 : Math.min(Math.abs(first.low), Math.abs(first.high));
      return closed(low, high);
    }
    case 'greater':
      return closed(Math.max(first.low, second.low), Math.max(first.high, second.high));
    case 'lesser':
      return closed(Math.min(first.low, second.low), Math.min(first.high, second.high));
  }
}

/** Bounds come from bounds, for rounding keeps the order; they are reached, for rounding may do that. */
function reckoned(op: '+' | '-' | '*' | '/', left: Range, right: Range): Range | undefined {
  if (op === '/' && right.low === 0 && right.high === 0) return undefined;
  if (op === '/' && right.low <= 0 && right.high >= 0) return signedQuotient(left, right);
  const corners = [left.low, left.high].flatMap((a) => [right.low, right.high].map((b) => corner(op, a, b)));
  return closed(Math.min(...corners), Math.max(...corners));
}

/** Nothing times however much is nothing, and what cannot be told may be anything. */
function corner(op: '+' | '-' | '*' | '/', a: number, b: number): number {
  const value = reckon(op, a, b);
  return Number.isNaN(value) ? 0 : value;
}

/** Of a divisor that comes near zero only the sign is told. */
function signedQuotient(left: Range, right: Range): Range {
  if (left.low >= 0 && right.low >= 0) return closed(0, TOP);
  if (left.high <= 0 && right.low >= 0) return closed(BOTTOM, 0);
  return ANYWHERE;
}
