import type { CandlestickData, HistogramData, LineData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { SECOND_MS } from '../../../../core/brand.ts';
import type { ChartBar } from './bar-series.ts';

/** The library counts in seconds: these few functions are where milliseconds end. */
export function toSeconds(time: number): UTCTimestamp {
  return (time / SECOND_MS) as UTCTimestamp;
}

export function candlePoint({ openTime, open, high, low, close }: ChartBar): CandlestickData<UTCTimestamp> {
  return { time: toSeconds(openTime), open, high, low, close };
}

/** A column in the colour of its candle; a blank where the volume is unknown. */
export function volumePoint(
  { openTime, open, close, volume }: ChartBar,
  colors: { readonly rising: string; readonly falling: string },
): HistogramData<UTCTimestamp> | WhitespaceData<UTCTimestamp> {
  const time = toSeconds(openTime);
  if (volume === undefined) return { time };
  return { time, value: volume, color: close >= open ? colors.rising : colors.falling };
}

/** A point of an overlay; a blank where it has no value. */
export function linePoint(
  { openTime }: ChartBar,
  value: number | undefined,
): LineData<UTCTimestamp> | WhitespaceData<UTCTimestamp> {
  const time = toSeconds(openTime);
  return value === undefined ? { time } : { time, value };
}
