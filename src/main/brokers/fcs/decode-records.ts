import type { EpochMs } from '../../../core/brand.ts';
import type { FcsBar } from './read-fields.ts';
import { type FcsTimeframe, lengthSeconds } from './timeframes.ts';

/** A candle as a neutral record. Absent is null: records are JSON. */
export function candleRecord(
  symbol: string | null,
  timeframe: FcsTimeframe | undefined,
  bar: FcsBar,
  closed: boolean,
): object {
  const { openTime, open, high, low, close, volume = null } = bar;
  return {
    kind: 'candle',
    broker: 'fcs',
    symbol,
    interval: timeframe?.label ?? null,
    intervalSec: timeframe === undefined ? null : lengthSeconds(timeframe),
    openTime,
    open,
    high,
    low,
    close,
    volume,
    turnover: null,
    closed,
    eventTime: null,
  };
}

export interface BestPrices {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  readonly last: number | undefined;
  /** Undefined where the frame has no time and nobody wrote down when it came. */
  readonly time: EpochMs | undefined;
}

/** An ask and bid as a neutral record; FCS tells no sizes. */
export function quoteRecord(symbol: string, { bid, ask, last, time }: BestPrices): object {
  return {
    kind: 'quote',
    broker: 'fcs',
    symbol,
    bid: bid ?? null,
    bidSize: null,
    ask: ask ?? null,
    askSize: null,
    last: last ?? null,
    lastSize: null,
    time: time ?? null,
  };
}
