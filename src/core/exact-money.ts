/** No venue tells prices or quantities in more than eight decimals. */
const DECIMALS = 8;
const STEPS = 10n ** BigInt(DECIMALS);

/** A sum of money in steps of 10⁻¹⁶ of the currency: every price times every quantity is a whole number of them. */
export type ExactMoney = bigint;

/** A price or quantity in steps of 10⁻⁸, rounded to the nearest. Throws RangeError for what is no such number. */
export function stepsOf(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) throw new RangeError(`${value} is no price or quantity.`);
  return BigInt(value.toFixed(DECIMALS).replace('.', ''));
}

/** The number that `stepsOf` made steps of. */
export function numberOf(steps: bigint): number {
  return Number(steps) / Number(STEPS);
}

/** Money as a number of the currency, rounded to eight decimals. */
export function moneyOf(exact: ExactMoney): number {
  return numberOf(divide(exact, STEPS));
}

/** `dividend / divisor` to the nearest whole number, halves away from zero. The divisor is above zero. */
export function divide(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (dividend < 0n ? dividend - half : dividend + half) / divisor;
}
