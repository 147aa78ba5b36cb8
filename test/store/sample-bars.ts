import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { BarValues, Revision } from '../../src/core/revision.ts';

export const INFY = 'NSE:INFY' as InstrumentKey;
export const NIFTY = 'NSE:NIFTY 50' as InstrumentKey;

/** 2026-11-20 09:15 IST, a Friday. */
export const OPEN = Date.UTC(2026, 10, 20, 3, 45) as EpochMs;
export const FOREVER = [0 as EpochMs, Number.MAX_SAFE_INTEGER as EpochMs] as const;

export const minute = (index: number): EpochMs => (OPEN + index * 60_000) as EpochMs;

/** The minute bar `index` of the day, closing at `close`. */
export const bar = (index: number, close: number, other: Partial<Candle> = {}): Candle => ({
  instrument: INFY,
  timeframe: '1m',
  openTime: minute(index),
  open: 1_500.05,
  high: 2_000.1,
  low: 1_000.35,
  close,
  volume: 100 + index,
  ...other,
});

/** When history's word came: hours after the bars. */
export const LATER = minute(500);

export const valuesOf = ({ open, high, low, close, volume }: Candle): BarValues => ({ open, high, low, close, volume });

/** History's word that a bar is as `candle` says, where there was none. */
export const revision = (candle: Candle, other: Partial<Revision> = {}): Revision => ({
  instrument: candle.instrument,
  timeframe: candle.timeframe,
  openTime: candle.openTime,
  reason: 'history',
  at: LATER,
  before: undefined,
  after: valuesOf(candle),
  ...other,
});
