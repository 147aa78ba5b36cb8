import { invoke } from '../../live/engine.ts';
import { candles } from '../../live/live-stores.ts';
import { SCREEN } from '../../live/screen-name.ts';
import type { BarSource } from './follow-bars.ts';

/** The page's bars: history from the engine's commands, news from the candle store. */
export const pageBars: BarSource = {
  load: (request) => invoke('candles.load', request),
  announce: (chart) => invoke('chart.watch', { screen: SCREEN, ...chart }),
  watch: ({ instrument, timeframe }, onCandle) => candles.watch(instrument, timeframe, onCandle),
  onRevised: (instrument, onChange) => candles.onRevised(instrument, onChange),
};
