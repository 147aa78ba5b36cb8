import type { Timeframe } from '../../../../core/timeframe.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import type { BarSeries } from './bar-series.ts';
import type { OverlayLine } from './overlay-line.ts';

/** Everything one chart shows. */
export interface DrawnChart {
  readonly series: BarSeries;
  readonly fast: OverlayLine;
  readonly slow: OverlayLine;
  readonly rsi: OverlayLine;
  readonly timeframe: Timeframe;
  readonly style: PriceStyle;
  readonly tickSize: number;
}
