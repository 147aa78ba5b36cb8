import { MINUTE_MS } from '../../../../core/brand.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../../core/timeframe.ts';
import type { BarWindow } from './bar-window.ts';
import type { ChartBar } from './chart-bar.ts';
import { isNewDay } from './ist-labels.ts';

/** Opening times of rows that do not follow on the row before. */
export interface TimeBreaks {
  /** They begin a day. */
  readonly days: readonly number[];
  /** Within a day, a minute or more before them has no bar. */
  readonly gaps: readonly number[];
}

/** Finds the breaks among the rows of `window`. Days, weeks and months have none. */
export function timeBreaks(rows: readonly ChartBar[], timeframe: Timeframe, { from, to }: BarWindow): TimeBreaks {
  const days: number[] = [];
  const gaps: number[] = [];
  if (!isIntraday(timeframe)) return { days, gaps };
  const length = INTRADAY_MS[timeframe];
  for (let row = Math.max(1, from); row < to; row += 1) {
    const [before, here] = [rows[row - 1], rows[row]];
    if (before === undefined || here === undefined) continue;
    if (isNewDay(here.openTime, before.openTime)) days.push(here.openTime);
    else if (before.auction === undefined && here.auction === undefined) {
      // Five seconds without a trade are no hole; a minute of a large stock is.
      if (here.openTime - (before.openTime + length) >= MINUTE_MS) gaps.push(here.openTime);
    }
  }
  return { days, gaps };
}
