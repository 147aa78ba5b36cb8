import { periodStart } from '../../../core/bar-time.ts';
import type { EpochMs, TradingDate } from '../../../core/brand.ts';
import { addDays, dateAt, IST_OFFSET_MS, midnight } from '../../../core/calendar-date.ts';
import { type CalendarTimeframe, INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';

/** A timeframe as Fyers calls it, and the most calendar days of one request. */
export interface FyersResolution {
  readonly name: string;
  readonly mostDays: number;
}

const seconds = (name: string): FyersResolution => ({ name, mostDays: 1 });
const minutes = (name: string): FyersResolution => ({ name, mostDays: 100 });
const days = (name: string): FyersResolution => ({ name, mostDays: 366 });

/**
 * Source: the API reference, History. For seconds it names no span: a day of the shortest is about 4,500 bars, so they
 * are asked day by day.
 */
export const FYERS_RESOLUTIONS: Readonly<Partial<Record<Timeframe, FyersResolution>>> = {
  '5s': seconds('5S'),
  '10s': seconds('10S'),
  '15s': seconds('15S'),
  '30s': seconds('30S'),
  '45s': seconds('45S'),
  '1m': minutes('1'),
  '3m': minutes('3'),
  '5m': minutes('5'),
  '10m': minutes('10'),
  '15m': minutes('15'),
  '30m': minutes('30'),
  '1h': minutes('60'),
  '2h': minutes('120'),
  '4h': minutes('240'),
  '1d': days('1D'),
  '1w': days('1W'),
  '1mo': days('1M'),
};

/** Trading days for which Fyers keeps seconds. */
export const SECONDS_KEPT_DAYS = 30;

/** What one request asks for: both ends inclusive, as Fyers takes them. */
export interface HistoryPiece {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const SECOND_BEFORE_MS = 1_000;

/**
 * Cuts bars with `from` ≤ openTime < `to` into requests within Fyers' span, at midnights in India, oldest first; weeks
 * and months are not cut.
 *
 * The last piece reaches to the end of the bar it ends in, lest that bar comes short and looks whole; bars beyond `to`
 * are the caller's to drop. Days and longer are dated to midnight in UTC, which is half past five in India: whole
 * Indian days hold them.
 */
export function historyPieces(
  from: EpochMs,
  to: EpochMs,
  timeframe: Timeframe,
  { mostDays }: FyersResolution,
): readonly HistoryPiece[] {
  if (from >= to) return [];
  const firstDate = dateAt(from, IST_OFFSET_MS);
  const dayAfter = addDays(dateAt((to - 1) as EpochMs, IST_OFFSET_MS), 1);
  const pieces: HistoryPiece[] = [];
  let start = from;
  let end = startOf(dayAfter);
  let cut = (date: TradingDate): TradingDate => date;
  if (isIntraday(timeframe)) {
    end = Math.min(to + INTRADAY_MS[timeframe], end) as EpochMs;
  } else {
    start = startOf(periodStart(firstDate, timeframe));
    end = startOf(periodEnd(dayAfter, timeframe));
    cut = (date) => periodStart(date, timeframe);
  }
  while (start < end) {
    const next = startOf(cut(addDays(dateAt(start, IST_OFFSET_MS), mostDays)));
    pieces.push({ from: start, to: (Math.min(next, end) - SECOND_BEFORE_MS) as EpochMs });
    start = next;
  }
  return pieces;
}

/** The first date, from `date` on, at which a period begins. */
function periodEnd(date: TradingDate, timeframe: CalendarTimeframe): TradingDate {
  let end = date;
  while (periodStart(end, timeframe) !== end) end = addDays(end, 1);
  return end;
}

function startOf(date: TradingDate): EpochMs {
  return midnight(date, IST_OFFSET_MS);
}
