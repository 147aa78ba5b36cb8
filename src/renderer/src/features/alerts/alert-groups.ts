import type { Alert } from '../../../../core/alert.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';
import { formatBarTime, formatDate } from '../../format/time.ts';

/** A line of the list: the bar that alerts belong to, or one of them. */
export type AlertLine =
  | { readonly kind: 'bar'; readonly id: string; readonly text: string }
  | { readonly kind: 'alert'; readonly id: string; readonly alert: Alert };

/** Alerts as they come, newest first, with a heading wherever another bar begins. */
export function groupByBar(alerts: readonly Alert[], now: EpochMs | undefined): readonly AlertLine[] {
  const lines: AlertLine[] = [];
  let bar = '';
  for (const alert of alerts) {
    const { barTime, timeframe } = alert.signal;
    const here = `${barTime} ${timeframe}`;
    if (here !== bar)
      lines.push({ kind: 'bar', id: `bar ${here} ${alert.id}`, text: barHeading(barTime, timeframe, now) });
    bar = here;
    lines.push({ kind: 'alert', id: alert.id, alert });
  }
  return lines;
}

/** `10:45 bar`, and with its date when that is not today's. */
export function barHeading(barTime: EpochMs, timeframe: Timeframe, now: EpochMs | undefined): string {
  const time = formatBarTime(barTime, timeframe);
  const date = formatDate(barTime);
  const isToday = now !== undefined && formatDate(now) === date;
  return isToday || time === date ? `${time} bar` : `${date} · ${time} bar`;
}
