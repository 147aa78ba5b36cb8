import { LESS, MORE, SAME, standing } from './check-order.ts';
import { rangeOf } from './check-range.ts';
import { areAtOdds } from './check-together.ts';
import { type Plain, plainly, WANTED } from './check-truths.ts';
import type { Condition } from './expression.ts';
import { isConstant } from './walk.ts';

/** When bars of continuous trading close, in minutes after midnight: after `open`, the last one at `close`. */
export interface TradingHours {
  readonly open: number;
  readonly close: number;
}

/** Whether a condition never holds, whatever the prices. Where that is not told, it may. */
export function isNever(condition: Condition, hours: TradingHours | undefined): boolean {
  return isImpossible(plainly(condition, false), hours);
}

/** Whether it is never false. */
export function isAlways(condition: Condition, hours: TradingHours | undefined): boolean {
  return isImpossible(plainly(condition, true), hours);
}

function isImpossible(plain: Plain, hours: TradingHours | undefined): boolean {
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
      return from >= to || (hours !== undefined && (from > hours.close || to <= hours.open));
    }
    default:
      return false;
  }
}
