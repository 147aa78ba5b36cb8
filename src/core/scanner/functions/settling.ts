/** What may be left of the seed of a smoothed average before it counts as settled. */
const SHARE_LEFT = 0.0001;

/**
 * Bars until less than 0.01 % is left of where an average began whose newest input weighs `weight`: ⌈ln 0.0001 /
 * ln(1 − weight)⌉, the share left after k bars being (1 − weight)^k.
 */
function forgets(weight: number): number {
  return weight >= 1 ? 0 : Math.ceil(Math.log(SHARE_LEFT) / Math.log(1 - weight));
}

/** Of an exponential average of `period` bars, its seed included. */
export function exponentialSettles(period: number): number {
  return period + forgets(2 / (period + 1));
}

/** Of Wilder's average of `period` bars, its seed included. */
export function wilderSettles(period: number): number {
  return period + forgets(1 / period);
}

/** Beyond this a trend that never turned is not waited for. */
const LONGEST_TREND = 1_000;

/**
 * Of a trend that follows the price at `factor` average true ranges: its range must settle, and the price must once have
 * gone that far, which takes it the square of the distance. Nobody can promise when: nine squares were enough for all
 * but 1 of 14,850 starts on real bars (docs/indicators.md, "How long the seed is remembered").
 */
export function trendSettles(period: number, factor: number): number {
  return wilderSettles(period) + Math.ceil(Math.min(9 * factor * factor, LONGEST_TREND));
}
