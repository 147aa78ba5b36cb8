/** Coins are traded in fractions of up to eight decimals; no venue tells more. */
const STEPS_PER_ONE = 1e8;

/**
 * A sum of quantities without the noise of adding fractions: 0.1 + 0.2 is 0.3. Whole numbers, unknown ones (NaN) and
 * sums too large to be that exact come back as they are.
 */
export function tidyQuantity(sum: number): number {
  if (Number.isInteger(sum)) return sum;
  const steps = sum * STEPS_PER_ONE;
  return steps <= Number.MAX_SAFE_INTEGER ? Math.round(steps) / STEPS_PER_ONE : sum;
}
