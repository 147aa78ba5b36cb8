import { barCloseTime } from '../../src/core/bar-time.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import { candlesOf, columnsOf } from '../../src/core/candle-columns.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import type { Arithmetic } from '../../src/core/scanner/scan-function.ts';
import { isIntraday, type Timeframe } from '../../src/core/timeframe.ts';

/** All that a rule may look at. The lane begins with bar `from`, at a session's open; longer bars are made of all. */
export interface NaiveMarket {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly timeframe: Timeframe;
  readonly arithmetic: Arithmetic;
  readonly bars: readonly Candle[];
  readonly from: number;
}

/** Longer bars as of the close of the lane's bar `at`: those that have closed, and all. Those of the calendar as of the date's first bar. */
export function longerOf(
  market: NaiveMarket,
  timeframe: Timeframe,
  at: number,
): { closed: readonly Candle[]; all: readonly Candle[] } {
  const { bars, from, calendar, instrument } = market;
  const seen = bars.slice(0, from + at + 1);
  const newest = seen.at(-1);
  const today = newest && calendar.dateOf(newest.openTime);
  const first = seen.find(({ openTime }) => calendar.dateOf(openTime) === today);
  const all = candlesOf(resampleColumns(columnsOf(seen), timeframe, calendar), instrument.key, timeframe);
  const now = newest === undefined ? 0 : barCloseTime(newest.openTime, market.timeframe, calendar);
  const until = isIntraday(timeframe) ? now : (first?.openTime ?? 0);
  return { all, closed: all.filter(({ openTime }) => barCloseTime(openTime, timeframe, calendar) <= until) };
}
