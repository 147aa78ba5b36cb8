import type { EpochMs, TradingDate } from '../../../core/brand.ts';
import { addDays, dateAt, IST_OFFSET_MS, midnight } from '../../../core/calendar-date.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';

/** A timeframe as Kite calls it, and the most calendar days of one request. */
export interface KiteInterval {
  readonly name: string;
  readonly mostDays: number;
}

/** Source: https://kite.trade/docs/connect/v3/historical/; spans: docs/wire-formats/kite.md, "Historical candles". */
export const KITE_INTERVALS: Readonly<Partial<Record<Timeframe, KiteInterval>>> = {
  '1m': { name: 'minute', mostDays: 60 },
  '3m': { name: '3minute', mostDays: 100 },
  '5m': { name: '5minute', mostDays: 100 },
  '10m': { name: '10minute', mostDays: 100 },
  '15m': { name: '15minute', mostDays: 200 },
  '30m': { name: '30minute', mostDays: 200 },
  '1h': { name: '60minute', mostDays: 400 },
  '1d': { name: 'day', mostDays: 2_000 },
};

/** What one request asks for: both ends inclusive, as Kite takes them. */
export interface HistoryPiece {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const SECOND_BEFORE_MS = 1_000;

/**
 * Cuts bars with `from` ≤ openTime < `to` into requests within Kite's span, at midnights, oldest first.
 *
 * Kite makes longer bars from the minutes between the two ends, so an end inside a bar brings that bar cut
 * short and looking whole. The last piece therefore reaches to the end of the bar it ends in; the bars beyond
 * `to` are the caller's to drop, as is a bar that begins before `from`.
 */
export function historyPieces(
  from: EpochMs,
  to: EpochMs,
  timeframe: Timeframe,
  { mostDays }: KiteInterval,
): readonly HistoryPiece[] {
  if (from >= to) return [];
  const lastDate = dateAt((to - 1) as EpochMs, IST_OFFSET_MS);
  const endOfLast = isIntraday(timeframe)
    ? Math.min(to + INTRADAY_MS[timeframe], startOf(addDays(lastDate, 1)))
    : startOf(addDays(lastDate, 1));
  const pieces: HistoryPiece[] = [];
  // Day candles are dated to midnight, so that is where their first piece must begin.
  let start = isIntraday(timeframe) ? from : startOf(dateAt(from, IST_OFFSET_MS));
  while (start < endOfLast) {
    const next = startOf(addDays(dateAt(start, IST_OFFSET_MS), mostDays));
    const end = Math.min(next, endOfLast);
    pieces.push({ from: start, to: (end - SECOND_BEFORE_MS) as EpochMs });
    start = next;
  }
  return pieces;
}

function startOf(date: TradingDate): EpochMs {
  return midnight(date, IST_OFFSET_MS);
}
