import { LESS, MORE, SAME, standing } from './check-order.ts';
import { rangeOf } from './check-range.ts';
import { areAtOdds } from './check-together.ts';
import { type Plain, plainly, WANTED } from './check-truths.ts';
import type { Condition } from './expression.ts';
import { isConstant } from './walk.ts';

/** A session, in minutes after midnight by the market's own clock: bars close after `open`, the last one at `close`. */
export interface TradingHours {
  readonly open: number;
  readonly close: number;
}

/** All sessions that there can be, special ones too; undefined or empty where nobody knows. */
export type Hours = readonly TradingHours[] | undefined;

/** Whether a condition never holds, whatever the prices. Where that is not told, it may. */
export function isNever(condition: Condition, hours: Hours): boolean {
  return isImpossible(plainly(condition, false), hours);
}

/** Whether it is never false. */
export function isAlways(condition: Condition, hours: Hours): boolean {
  return isImpossible(plainly(condition, true), hours);
}

function isImpossible(plain: Plain, hours: Hours): boolean {
  switch (plain.kind) {
    case 'or':
      return plain.of.every((part) => isImpossible(part, hours));
    case 'and':
      return plain.of.some((part) => isImpossible(part, hours)) || areAtOdds(plain.of);
    case 'compare':
      return (standing(plain.left, plain.right) & WANTED[plain.op]) === 0;
    case 'crosses': {
      const possible = standing(plain.left, plain.right);
      const isAbove = plain.direction === 'above';
      return (possible & (isAbove ? MORE : LESS)) === 0 || (possible & (isAbove ? LESS | SAME : SAME | MORE)) === 0;
    }
    case 'moves':
    case 'turns':
      return isConstant(plain.of) || rangeOf(plain.of) === undefined;
    case 'within':
    case 'for':
      return isImpossible(plainly(plain.of, false), hours);
    case 'time': {
      const { from = 0, to = Number.POSITIVE_INFINITY } = plain;
      return from >= to || (hasHours(hours) && hours.every(({ open, close }) => from > close || to <= open));
    }
    default:
      return false;
  }
}

function hasHours(hours: Hours): hours is readonly TradingHours[] {
  return hours !== undefined && hours.length > 0;
}
