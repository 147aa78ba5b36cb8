/** Prices of an instrument as whole numbers of its smallest step. */
export interface PriceGrid {
  /** The nearest step; never below the first. */
  toSteps(price: number): number;
  /** As a decimal number would be written: 489005 steps of 0.05 are 24450.25, without a tail of noise. */
  toPrice(steps: number): number;
}

/** `tickSize` is the smallest step in rupees, of up to three significant digits. */
export function priceGrid(tickSize: number): PriceGrid {
  const decimals = Math.max(0, -Math.floor(Math.log10(tickSize)) + 2);
  const scale = 10 ** decimals;
  const unit = Math.round(tickSize * scale);
  return {
    toSteps: (price) => Math.max(1, Math.round((price * scale) / unit)),
    toPrice: (steps) => (steps * unit) / scale,
  };
}
