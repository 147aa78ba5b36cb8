import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Timeframe } from '../../../core/timeframe.ts';

/** One of KuCoin's candle lengths. */
export interface CandleType {
  /** What KuCoin calls it. */
  readonly name: string;
  /** What everybody else does: `1h`, `1M`. */
  readonly label: string;
  /** Undefined for months, whose length differs. */
  readonly seconds: number | undefined;
  /** Undefined for those Tickscope has no bars of. */
  readonly timeframe: Timeframe | undefined;
}

const MINUTE = MINUTE_MS / SECOND_MS;
const HOUR = HOUR_MS / SECOND_MS;
const DAY = DAY_MS / SECOND_MS;

/** All that the venue has, for history as for the stream. Source: docs/wire-formats/kucoin.md, "Candles". */
export const CANDLE_TYPES: readonly CandleType[] = [
  { name: '1min', label: '1m', seconds: MINUTE, timeframe: '1m' },
  { name: '3min', label: '3m', seconds: 3 * MINUTE, timeframe: '3m' },
  { name: '5min', label: '5m', seconds: 5 * MINUTE, timeframe: '5m' },
  { name: '15min', label: '15m', seconds: 15 * MINUTE, timeframe: '15m' },
  { name: '30min', label: '30m', seconds: 30 * MINUTE, timeframe: '30m' },
  { name: '1hour', label: '1h', seconds: HOUR, timeframe: '1h' },
  { name: '2hour', label: '2h', seconds: 2 * HOUR, timeframe: '2h' },
  { name: '4hour', label: '4h', seconds: 4 * HOUR, timeframe: '4h' },
  { name: '6hour', label: '6h', seconds: 6 * HOUR, timeframe: undefined },
  { name: '8hour', label: '8h', seconds: 8 * HOUR, timeframe: undefined },
  { name: '12hour', label: '12h', seconds: 12 * HOUR, timeframe: undefined },
  { name: '1day', label: '1d', seconds: DAY, timeframe: '1d' },
  { name: '1week', label: '1w', seconds: 7 * DAY, timeframe: '1w' },
  { name: '1month', label: '1M', seconds: undefined, timeframe: '1mo' },
];

const BY_NAME = new Map(CANDLE_TYPES.map((type) => [type.name, type]));
const BY_TIMEFRAME = new Map(CANDLE_TYPES.flatMap((type) => (type.timeframe ? [[type.timeframe, type] as const] : [])));

export function candleTypeNamed(name: string): CandleType | undefined {
  return BY_NAME.get(name);
}

/** Undefined for timeframes KuCoin has no candles of. */
export function candleTypeFor(timeframe: Timeframe): CandleType | undefined {
  return BY_TIMEFRAME.get(timeframe);
}

/** Where the candle that began at `start` ends. A start is taken as it was sent: how weeks are aligned nobody documents. */
export function candleEnd({ seconds }: CandleType, start: EpochMs): EpochMs {
  if (seconds !== undefined) return (start + seconds * SECOND_MS) as EpochMs;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) as EpochMs;
}
