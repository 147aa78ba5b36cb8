import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { sessionAtOrBefore } from '../../../core/calendar.ts';
import type { Tick } from '../../../core/tick.ts';
import { type MarketDay, minuteAtOrBefore } from './market-day.ts';
import { type MinuteTrades, minuteTrades } from './minute-trades.ts';
import type { Listing } from './simulated-market.ts';

/** Trade `row` of a minute as the feed tells it: the state of the day just after. */
export function tickOf(
  { instrument, grid }: Listing,
  day: MarketDay,
  minute: number,
  trades: MinuteTrades,
  row: number,
  receivedAt: EpochMs,
): Tick {
  const price = trades.price[row] ?? 0;
  let high = Math.max(day.highBefore[minute] ?? price, price);
  let low = Math.min(day.lowBefore[minute] ?? price, price);
  for (let before = 0; before < row; before += 1) {
    const earlier = trades.price[before] ?? price;
    if (earlier > high) high = earlier;
    if (earlier < low) low = earlier;
  }
  return {
    instrument: instrument.key,
    ltp: grid.toPrice(price),
    dayVolume: day.hasVolume ? (day.volumeBefore[minute] ?? 0) + (trades.volume[row] ?? 0) : undefined,
    previousClose: grid.toPrice(day.previousClose),
    dayOpen: grid.toPrice(day.open[0] ?? price),
    dayHigh: grid.toPrice(high),
    dayLow: grid.toPrice(low),
    time: ((day.minutes[minute] ?? 0) + (trades.second[row] ?? 0) * SECOND_MS) as EpochMs,
    receivedAt,
  };
}

/** The newest state of an instrument at `time`; undefined before its first session. */
export function tickAt(listing: Listing, time: EpochMs): Tick | undefined {
  const session = sessionAtOrBefore(listing.calendar, time);
  const day = session && listing.day(session.date);
  if (day === undefined) return undefined;
  for (let minute = minuteAtOrBefore(day, time); minute >= 0; minute -= 1) {
    if ((day.trades[minute] ?? 0) === 0) continue;
    const trades = minuteTrades(day, minute);
    const row = lastRow(trades, time - (day.minutes[minute] ?? 0));
    if (row >= 0) return tickOf(listing, day, minute, trades, row, time);
  }
  return undefined;
}

/** The newest trade `elapsedMs` after the minute began; -1 when there is none yet. */
function lastRow({ second }: MinuteTrades, elapsedMs: number): number {
  if (elapsedMs >= MINUTE_MS) return second.length - 1;
  return second.findLastIndex((each) => each * SECOND_MS <= elapsedMs);
}
