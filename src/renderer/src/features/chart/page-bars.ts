import { invoke } from '../../live/engine.ts';
import { candles } from '../../live/live-stores.ts';
import type { BarSource } from './follow-bars.ts';

/** The name under which this page watches its chart: two pages on one engine watch two charts. */
const screen = `chart-${crypto.randomUUID()}`;

/** The page's bars: history from the engine's commands, news from the candle store. */
export const pageBars: BarSource = {
  load: (request) => invoke('candles.load', request),
  announce: (chart) => invoke('chart.watch', { screen, ...chart }),
  watch: ({ instrument, timeframe }, onCandle) => candles.watch(instrument, timeframe, onCandle),
  onRevised: (instrument, onChange) => candles.onRevised(instrument, onChange),
};
