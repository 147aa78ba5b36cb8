import type { ScanNumber } from '../scan-function.ts';

/** A number of bars, whole. */
export function bars(name: string, usual?: number, least = 1): ScanNumber {
  return { name, usual, isBars: true, least };
}

/** Any number above 0: a factor, a multiple. */
export function above0(name: string, usual: number): ScanNumber {
  return { name, usual, isBars: false, least: 0 };
}

/** The numbers of a call, of which the parser left none out. */
export function given(numbers: readonly number[], at: number): number {
  // An indicator refuses NaN with a RangeError that says so.
  return numbers[at] ?? Number.NaN;
}

export function noFault(): undefined {
  return undefined;
}
