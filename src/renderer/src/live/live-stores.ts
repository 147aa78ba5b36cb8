import { createCandleStore } from './candle-store.ts';
import { createQuoteStore } from './quote-store.ts';
import { createSparklineStore } from './sparkline-store.ts';

/** The page's live data, one of each. Tests make their own. */
export const quotes = createQuoteStore();
export const candles = createCandleStore();
export const sparklines = createSparklineStore();
