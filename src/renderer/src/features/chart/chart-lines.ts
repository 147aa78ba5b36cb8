import type { RuleSettings } from '../../../../contract/settings.ts';
import { ema } from '../../../../core/indicators/ema.ts';
import { rsi } from '../../../../core/indicators/rsi.ts';
import type { Instrument } from '../../../../core/instrument.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { createBarSeries } from './bar-series.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { overlayLine } from './overlay-line.ts';

/** An empty chart with the scan rule's lines over it, so that what is drawn is what is judged. */
export function emptyChart(
  rule: Pick<RuleSettings, 'fast' | 'slow' | 'rsi'>,
  instrument: Pick<Instrument, 'priceDecimals' | 'tickSize' | 'segment'> | undefined,
  timeframe: Timeframe,
): DrawnChart {
  const lines = {
    fast: overlayLine(ema(rule.fast)),
    slow: overlayLine(ema(rule.slow)),
    rsi: overlayLine(rsi(rule.rsi)),
  };
  return {
    ...lines,
    series: createBarSeries(Object.values(lines)),
    timeframe,
    style: priceStyleOf(instrument),
    tickSize: instrument?.tickSize ?? 0.05,
  };
}
