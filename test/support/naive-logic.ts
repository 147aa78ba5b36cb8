import type { Truth } from '../../src/core/scanner/expression.ts';

/** A number, or none that anybody knows. */
export type Value = number | undefined;

export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
export const anyOf = (truths: readonly Truth[]): Truth => not(allOf(truths.map(not)));

export function isAbove(left: Value, right: Value): Truth {
  return left === undefined || right === undefined ? undefined : left > right;
}

export function ordered(low: Value, high: Value): Truth {
  return not(isAbove(low, high));
}

export function finite(work: (...values: number[]) => number, ...values: readonly Value[]): Value {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  const result = work(...known);
  return Number.isFinite(result) ? result : undefined;
}
