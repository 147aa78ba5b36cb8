import type { Hours } from './check-holds.ts';
import { countsThisBar, LESS, MORE, standing } from './check-order.ts';
import { type Range, rangeOf } from './check-range.ts';
import type { Condition, NumberExpression } from './expression.ts';
import { formatNumber, formatScan } from './format.ts';
import { formatClock } from './parse-time.ts';
import { isConstant } from './walk.ts';

/** Why a condition never or always holds, and what was probably meant. */
export interface Reason {
  readonly why: string;
  readonly meant: string | null;
}

const NO_REASON: Reason = { why: '', meant: null };

export function reasonOf(condition: Condition, isNever: boolean, hours: Hours): Reason {
  switch (condition.kind) {
    case 'compare':
    case 'crosses':
      return reasonOfTwo(condition, isNever);
    case 'between':
      return reasonOfBounds(condition);
    case 'moves':
    case 'turns':
      return { why: 'A plain number is the same on every bar.', meant: null };
    case 'time':
      return reasonOfTime(condition, hours);
    default:
      return NO_REASON;
  }
}

function reasonOfTwo(condition: Extract<Condition, { kind: 'compare' | 'crosses' }>, isNever: boolean): Reason {
  const { left, right } = condition;
  const [one, other] = [formatNumber(left), formatNumber(right)];
  if (rangeOf(left) === undefined || rangeOf(right) === undefined)
    return { why: 'Nothing can be divided by zero, so it is never known.', meant: null };
  if (one === other) return { why: 'Both sides are the same.', meant: null };
  const extreme = [right, left].find(countsThisBar);
  if (isNever && extreme !== undefined && !isConstant(left) && !isConstant(right)) {
    const mended = { kind: 'offset', of: extreme, bars: 1 } as const;
    const text = formatScan(extreme === right ? { ...condition, right: mended } : { ...condition, left: mended });
    return { why: `${formatNumber(extreme)} counts this bar too; with [1] it does not.`, meant: text };
  }
  const possible = standing(left, right);
  if (!isConstant(left) && !isConstant(right)) {
    if ((possible & MORE) === 0) return { why: `${one} is never above ${other}.`, meant: null };
    if ((possible & LESS) === 0) return { why: `${one} is never below ${other}.`, meant: null };
  }
  return { why: whereItLies(isConstant(left) ? right : left), meant: null };
}

/** `rsi(14) lies between 0 and 100.` Nothing of what can lie anywhere. */
function whereItLies(of: NumberExpression): string {
  if (isConstant(of)) return 'Both sides are plain numbers.';
  const range: Range | undefined = rangeOf(of);
  if (range === undefined) return 'Nothing can be divided by zero, so it is never known.';
  const { low, high, isAbove } = range;
  const text = formatNumber(of);
  if (Number.isFinite(low) && Number.isFinite(high)) return `${text} lies between ${low} and ${high}.`;
  if (Number.isFinite(low)) return isAbove ? `${text} is always above ${low}.` : `${text} is never below ${low}.`;
  return Number.isFinite(high) ? `${text} is never above ${high}.` : '';
}

function reasonOfBounds({ of, low, high }: Extract<Condition, { kind: 'between' }>): Reason {
  if (low.kind !== 'number' || high.kind !== 'number' || low.value <= high.value)
    return { why: whereItLies(of), meant: null };
  const meant = formatScan({ kind: 'between', of, low: high, high: low });
  return { why: `The smaller bound comes first: ${meant}.`, meant };
}

function reasonOfTime({ from, to }: Extract<Condition, { kind: 'time' }>, hours: Hours): Reason {
  if (from !== undefined && to !== undefined && from >= to) {
    const meant = from === to ? null : formatScan({ kind: 'time', from: to, to: from });
    return { why: `${formatClock(to)} is not after ${formatClock(from)}.`, meant };
  }
  if (hours === undefined || hours.length === 0) return NO_REASON;
  const sessions = hours.map(({ open, close }) => `from ${formatClock(open)} to ${formatClock(close)}`);
  return { why: `Bars close ${sessions.join(' and ')}.`, meant: null };
}
