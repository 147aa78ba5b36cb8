import type { CandleTable } from '../../src/contract/commands.ts';
import type { ChartAuction } from '../../src/contract/coverage.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { MINUTE_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';

export const INFY = 'NSE:INFY' as InstrumentKey;
/** 09:15 in India on Friday, 20 November 2026. */
export const OPEN = Date.parse('2026-11-20T09:15:00+05:30');
export const BAR_MS = 5 * MINUTE_MS;

/** The 5-minute bar number `index` of the day, flat at `close` unless told otherwise. */
export function bar(index: number, close: number, fields: Partial<Candle> = {}): Candle {
  const openTime = (OPEN + index * BAR_MS) as EpochMs;
  const prices = { open: close, high: close, low: close, close };
  return { instrument: INFY, timeframe: '5m', openTime, ...prices, volume: 10, ...fields };
}

/** What the engine answers: closed bars from number `first` on, and the one that forms. */
export function table(
  closes: readonly number[],
  { first = 0, forming = null as Candle | null, auctions = [] as readonly ChartAuction[], more = false } = {},
): CandleTable {
  const bars = closes.map((close, index) => bar(first + index, close));
  return {
    instrument: INFY,
    timeframe: '5m',
    openTime: bars.map(({ openTime }) => openTime),
    open: bars.map(({ open }) => open),
    high: bars.map(({ high }) => high),
    low: bars.map(({ low }) => low),
    close: bars.map(({ close }) => close),
    volume: bars.map(({ volume }) => volume ?? null),
    forming,
    auctions,
    more,
  };
}
