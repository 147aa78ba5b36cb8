import type { MarketState } from '../../../../contract/events.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../core/brand.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../../core/timeframe.ts';

/**
 * When the bar that opened at `openTime` ends, as far as the page can know: its length on, or earlier with the
 * session. Undefined where no one waits for it: weeks, months, and bars of a closed market.
 */
export function barEndsAt(openTime: number, timeframe: Timeframe, market: MarketState | undefined): number | undefined {
  if (timeframe === '1w' || timeframe === '1mo' || market === undefined || market.phase !== 'open') return undefined;
  if (!isIntraday(timeframe)) return market.until;
  const end = openTime + INTRADAY_MS[timeframe];
  return market.until !== undefined && market.until > openTime ? Math.min(end, market.until) : end;
}

/** Time left as `02:48`, or `1:02:48` from an hour on. Begun seconds count whole, so a bar ends on 00:00. */
export function formatCountdown(leftMs: number): string {
  const left = Math.max(0, Math.ceil(leftMs / SECOND_MS) * SECOND_MS);
  const hours = Math.floor(left / HOUR_MS);
  const minutes = twoDigits(Math.floor((left % HOUR_MS) / MINUTE_MS));
  const seconds = twoDigits(Math.floor((left % MINUTE_MS) / SECOND_MS));
  return hours > 0 ? `${hours}:${minutes}:${seconds}` : `${minutes}:${seconds}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
