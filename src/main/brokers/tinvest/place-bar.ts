import type { EpochMs } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';

/**
 * Where a bar of the venue opens in our calendar; undefined when that has no such bar.
 *
 * An intraday bar is one of ours when it lies on our grid, which begins with the session, and some continuous trading falls
 * into it. The venue's own grid begins at midnight UTC, which is the same for all but 2h and 4h. A day's bar opens with
 * its session, whatever hour the venue writes.
 */
export function placeBar(time: EpochMs, timeframe: Timeframe, calendar: Calendar): EpochMs | undefined {
  const date = calendar.dateOf(time);
  if (!isIntraday(timeframe)) return calendar.anchor(date);
  const session = calendar.session(date);
  // On a day our calendar knows nothing of, the venue knows better.
  if (session === undefined) return time;
  const length = INTRADAY_MS[timeframe];
  if ((time - session.open) % length !== 0) return undefined;
  return session.parts.some(({ open, close }) => time < close && time + length > open) && time >= session.open
    ? time
    : undefined;
}
