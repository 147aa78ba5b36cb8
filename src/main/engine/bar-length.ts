import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';

/** How long a bar is, in ms; infinite for one that follows the calendar. */
export function lengthOf(timeframe: Timeframe): number {
  return isIntraday(timeframe) ? INTRADAY_MS[timeframe] : Number.POSITIVE_INFINITY;
}

/** Whether bars of `timeframe` can be made of pieces this long: never shorter bars of longer ones. */
export function fits(pieceMs: number, timeframe: Timeframe): boolean {
  if (!isIntraday(timeframe)) return true;
  return pieceMs === 0 || (pieceMs <= INTRADAY_MS[timeframe] && INTRADAY_MS[timeframe] % pieceMs === 0);
}
