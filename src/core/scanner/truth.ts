import type { Comparison, Truth } from './expression.ts';

/** Kleene's three values as small numbers, so that thousands of them fit into one array. */
export type TruthCode = 0 | 1 | 2;
export const FALSE = 0 satisfies TruthCode;
export const TRUE = 1 satisfies TruthCode;
export const UNKNOWN = 2 satisfies TruthCode;

export function truthOf(code: TruthCode): Truth {
  return code === UNKNOWN ? undefined : code === TRUE;
}

export function codeOf(truth: Truth): TruthCode {
  if (truth === undefined) return UNKNOWN;
  return truth ? TRUE : FALSE;
}

/** False as soon as one of the two is: what the other would say no longer matters. */
export function both(left: TruthCode, right: TruthCode): TruthCode {
  if (left === FALSE || right === FALSE) return FALSE;
  return left === UNKNOWN || right === UNKNOWN ? UNKNOWN : TRUE;
}

/** True as soon as one of the two is. */
export function either(left: TruthCode, right: TruthCode): TruthCode {
  if (left === TRUE || right === TRUE) return TRUE;
  return left === UNKNOWN || right === UNKNOWN ? UNKNOWN : FALSE;
}

export function opposite(code: TruthCode): TruthCode {
  if (code === UNKNOWN) return UNKNOWN;
  return code === TRUE ? FALSE : TRUE;
}

/** Unknown where either number is: an unknown number is NaN here. */
export function compared(op: Comparison, left: number, right: number): TruthCode {
  if (Number.isNaN(left) || Number.isNaN(right)) return UNKNOWN;
  return holds(op, left, right) ? TRUE : FALSE;
}

/** Of two known numbers. */
export function holds(op: Comparison, left: number, right: number): boolean {
  switch (op) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
  }
}
