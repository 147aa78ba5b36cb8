import type { CandlestickData, HistogramData, LineData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { SECOND_MS } from '../../../../core/brand.ts';
import type { ChartBar } from './chart-bar.ts';

/** The library counts in seconds: these few functions are where milliseconds end. */
export function toSeconds(time: number): UTCTimestamp {
  return (time / SECOND_MS) as UTCTimestamp;
}

/** Colours that depend on the row. */
export interface RowColors {
  readonly rising: string;
  readonly falling: string;
  /** Of an auction: its outline, and its column. */
  readonly auction: string;
  readonly auctionVolume: string;
}

/** A candle; an auction's is hollow and muted. */
export function candlePoint(
  { openTime, open, high, low, close, auction }: ChartBar,
  colors: RowColors,
): CandlestickData<UTCTimestamp> {
  const values = { time: toSeconds(openTime), open, high, low, close };
  return auction === undefined
    ? values
    : { ...values, color: 'transparent', borderColor: colors.auction, wickColor: colors.auction };
}

/** A column of the given height in the colour of its candle; a blank where the volume is unknown. */
export function volumePoint(
  { openTime, open, close, auction }: ChartBar,
  volume: number | undefined,
  colors: RowColors,
): HistogramData<UTCTimestamp> | WhitespaceData<UTCTimestamp> {
  const time = toSeconds(openTime);
  if (volume === undefined) return { time };
  if (auction !== undefined) return { time, value: volume, color: colors.auctionVolume };
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
