import type { ChartAuction } from '../../../../contract/coverage.ts';
import type { Candle } from '../../../../core/candle.ts';

/** A bar as the chart keeps it: its candle without what all bars of one chart share. */
export interface ChartBar extends Pick<Candle, 'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume'> {
  /** The row is what an auction traded, not a bar: drawn beside the bars, and no part of any line. */
  readonly auction?: Pick<ChartAuction, 'kind' | 'closeTime'>;
}
