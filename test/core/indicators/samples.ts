import type { Bar } from '../../../src/core/indicators/indicator.ts';

/** The worked example of StockCharts' ChartSchool article on RSI, whose spreadsheet shows two decimals. */
export const RSI_CLOSES = [
  44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614,
  46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
];

/** Closes that wander: an arithmetic walk, the same on every run. */
export const WALK: readonly number[] = Array.from(
  { length: 60 },
  (_, index) => 1000 + ((index * 37) % 23) * 0.85 - ((index * 11) % 7) * 1.1 + index * 0.15,
);

/** Bars around `WALK`, five minutes apart. */
export const BARS: readonly Bar[] = WALK.map((close, index) => ({
  openTime: index * 300_000,
  open: WALK[index - 1] ?? close,
  high: Math.max(close, WALK[index - 1] ?? close) + ((index * 5) % 4) * 0.35,
  low: Math.min(close, WALK[index - 1] ?? close) - ((index * 3) % 5) * 0.25,
  close,
  volume: 100 + ((index * 13) % 9) * 40,
}));

export function round(value: number | undefined, decimals: number): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(decimals));
}
