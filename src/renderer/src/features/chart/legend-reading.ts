import { formatChange, formatNumber, formatPercent, formatPrice } from '../../format/price.ts';
import { formatQuantity } from '../../format/quantity.ts';
import type { ChartBar } from './bar-series.ts';

/** What the legend says of one bar, ready to be written. */
export interface LegendReading {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** From the close of the bar before. */
  readonly change: string;
  readonly direction: 'up' | 'down' | 'flat';
  readonly volume: string;
  readonly fast: string;
  readonly slow: string;
  readonly rsi: string;
}

export interface ReadingSource {
  readonly bars: readonly ChartBar[];
  readonly fast: readonly (number | undefined)[];
  readonly slow: readonly (number | undefined)[];
  readonly rsi: readonly (number | undefined)[];
  readonly decimals: number;
}

/** Reads the bar at `index`; undefined when there is none. */
export function legendReading(
  { bars, fast, slow, rsi, decimals }: ReadingSource,
  index: number,
): LegendReading | undefined {
  const bar = bars[index];
  if (bar === undefined) return undefined;
  const from = bars[index - 1]?.close ?? bar.open;
  const change = bar.close - from;
  const percent = from === 0 ? undefined : (change / from) * 100;
  return {
    open: formatPrice(bar.open, decimals),
    high: formatPrice(bar.high, decimals),
    low: formatPrice(bar.low, decimals),
    close: formatPrice(bar.close, decimals),
    change: `${formatChange(change, decimals)} (${formatPercent(percent)})`,
    direction: change > 0 ? 'up' : change < 0 ? 'down' : 'flat',
    volume: formatQuantity(bar.volume),
    fast: formatPrice(fast[index], decimals),
    slow: formatPrice(slow[index], decimals),
    rsi: formatNumber(rsi[index], 1),
  };
}
