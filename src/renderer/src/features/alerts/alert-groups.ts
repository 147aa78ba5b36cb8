import type { Alert } from '../../../../core/alert.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../../core/timeframe.ts';
import { formatBarTime, formatDate } from '../../format/time.ts';

/** A line of the list: the bar that alerts belong to, or one of them. */
export type AlertLine =
  | { readonly kind: 'bar'; readonly id: string; readonly text: string }
  | { readonly kind: 'alert'; readonly id: string; readonly alert: Alert };

/**
 * Alerts below the bars that gave them, the bar that ended last first. What was found late stands with its bar:
 * a morning that was caught up with reads like one that was watched.
 */
export function groupByBar(alerts: readonly Alert[], now: EpochMs | undefined): readonly AlertLine[] {
  const lines: AlertLine[] = [];
  let bar = '';
  const ordered = [...alerts].sort(
    (a, b) => endOf(b) - endOf(a) || a.signal.timeframe.localeCompare(b.signal.timeframe) || b.raisedAt - a.raisedAt,
  );
  for (const alert of ordered) {
    const { barTime, timeframe } = alert.signal;
    const here = `${barTime} ${timeframe}`;
    if (here !== bar) lines.push({ kind: 'bar', id: `bar ${here}`, text: barHeading(barTime, timeframe, now) });
    bar = here;
    lines.push({ kind: 'alert', id: alert.id, alert });
  }
  return lines;
}

/** When the bar ended. How long a day is, the calendar knows; such a bar was told of as it ended. */
function endOf({ signal: { barTime, timeframe }, raisedAt }: Alert): number {
  return isIntraday(timeframe) ? barTime + INTRADAY_MS[timeframe] : raisedAt;
}

/** `10:45 bar`, and with its date when that is not today's. */
export function barHeading(barTime: EpochMs, timeframe: Timeframe, now: EpochMs | undefined): string {
  const time = formatBarTime(barTime, timeframe);
  const date = formatDate(barTime);
  const isToday = now !== undefined && formatDate(now) === date;
  return isToday || time === date ? `${time} bar` : `${date} · ${time} bar`;
}
