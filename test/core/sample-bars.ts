import { barAt } from '../../src/core/bar-time.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import type { BarRow } from '../../src/core/check-bars.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

export const cas = nse('nse-cas');
export const GOOD = { open: 100, high: 103, low: 99, close: 101, volume: 10 };
/** A good bar, but for the fields given. */
export const bar = (time: string, fields: Partial<BarRow> = {}): BarRow => ({
  openTime: ist(time),
  ...GOOD,
  ...fields,
});
/** What `checkBars` is told of one-minute bars. */
export const minutes = { calendar: cas, timeframe: '1m' } as const;

/** Every bar of a day, each with prices of its own. */
export function dayOf(date: string, timeframe: Timeframe, calendar: Calendar = cas): BarRow[] {
  const rows: BarRow[] = [];
  let next = barAt(ist(`${date} 09:15`), timeframe, calendar);
  for (; next !== undefined; next = barAt(next.closeTime, timeframe, calendar)) {
    const price = 100 + (rows.length % 7);
    rows.push({ openTime: next.openTime, open: price, high: price + 3, low: price - 1, close: price + 1, volume: 5 });
  }
  return rows;
}
