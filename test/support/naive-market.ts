import { barCloseTime } from '../../src/core/bar-time.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import { candlesOf, columnsOf } from '../../src/core/candle-columns.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import type { LaneContext } from '../../src/core/scanner/lane-context.ts';
import { isIntraday, type Timeframe } from '../../src/core/timeframe.ts';

/** All that a rule may look at. The lane begins with bar `from`, at a session's open; longer bars are made of all. */
export interface NaiveMarket {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly timeframe: Timeframe;
  readonly bars: readonly Candle[];
  readonly from: number;
  /** Opening time of the earliest longer bar that the lane asked for, by timeframe: it knows of none before. */
  readonly asked: Map<Timeframe, number>;
}

/** The lane's bars. */
export function laneBars({ bars, from }: NaiveMarket): readonly Candle[] {
  return bars.slice(from);
}

/** What a store that holds the market's bars answers a lane. */
export function contextOf(market: NaiveMarket): LaneContext {
  const { instrument, calendar, bars, asked } = market;
  return {
    instrument,
    calendar,
    longer(timeframe, from, until) {
      if (!asked.has(timeframe)) asked.set(timeframe, from);
      const all = candlesOf(resampleColumns(columnsOf(bars), timeframe, calendar), instrument.key, timeframe);
      return all.filter(({ openTime }) => openTime >= from && barCloseTime(openTime, timeframe, calendar) <= until);
    },
  };
}

/** Longer bars as of the close of the lane's bar `at`: those that have closed, and all. Those of the calendar as of the date's first bar. */
export function longerOf(
  market: NaiveMarket,
  timeframe: Timeframe,
  at: number,
): { readonly closed: readonly Candle[]; readonly all: readonly Candle[] } {
  const { bars, from, calendar, instrument, asked } = market;
  const seen = bars.slice(0, from + at + 1);
  const newest = seen.at(-1);
  const today = newest && calendar.dateOf(newest.openTime);
  const first = seen.find(({ openTime }) => calendar.dateOf(openTime) === today);
  const all = candlesOf(resampleColumns(columnsOf(seen), timeframe, calendar), instrument.key, timeframe).filter(
    ({ openTime }) => openTime >= (asked.get(timeframe) ?? 0),
  );
  const now = newest === undefined ? 0 : barCloseTime(newest.openTime, market.timeframe, calendar);
  const until = isIntraday(timeframe) ? now : (first?.openTime ?? 0);
  return { all, closed: all.filter(({ openTime }) => barCloseTime(openTime, timeframe, calendar) <= until) };
}
