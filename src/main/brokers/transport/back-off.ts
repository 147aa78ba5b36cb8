import { SECOND_MS } from '../../../core/brand.ts';

/** A number in [0, 1): `Math.random` in the app, a constant in tests. */
export type Jitter = () => number;

const FIRST_MS = SECOND_MS;
const LONGEST_MS = 60 * SECOND_MS;
/** Share by which a wait is lengthened or shortened, so that clients cut off together do not come back together. */
const SPREAD = 0.2;

/**
 * How long to wait after the `failures`th failure in a row (counted from 1): 1, 2, 4, … 60 s, each spread by
 * a fifth either way. A jitter of 0.5 leaves it exact.
 */
export function backOffMs(failures: number, jitter: Jitter): number {
  // Beyond 2^16 s the longest wait holds anyway; the bound keeps the power finite.
  const base = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(16, failures - 1));
  return Math.round(base * (1 + SPREAD * (2 * jitter() - 1)));
}
