import type { AuctionKind } from '../../../core/auction.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { sessionAtOrBefore } from '../../../core/calendar.ts';
import type { Tick } from '../../../core/tick.ts';
import type { AuctionRow } from './auction-tape.ts';
import { firstPrice, type MarketDay, minuteAtOrBefore } from './market-day.ts';
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
    dayOpen: grid.toPrice(firstPrice(day)),
    dayHigh: grid.toPrice(high),
    dayLow: grid.toPrice(low),
    time: ((day.minutes[minute] ?? 0) + (trades.second[row] ?? 0) * SECOND_MS) as EpochMs,
    receivedAt,
  };
}

/** What is told of an auction, as the feed tells it. Before its first trade a day has no open, high and low. */
export function auctionTick({ instrument, grid }: Listing, day: MarketDay, row: AuctionRow, receivedAt: EpochMs): Tick {
  const range = rangeAt(day, row);
  const toPrice = (steps: number | undefined): number | undefined =>
    steps === undefined ? undefined : grid.toPrice(steps);
  return {
    instrument: instrument.key,
    ltp: grid.toPrice(row.price),
    dayVolume: day.hasVolume ? volumeBefore(day, row) + row.volume : undefined,
    previousClose: grid.toPrice(day.previousClose),
    dayOpen: toPrice(range?.open),
    dayHigh: toPrice(range?.high),
    dayLow: toPrice(range?.low),
    time: row.time,
    receivedAt,
  };
}

/** The newest state of an instrument at `time`; undefined before its first session. */
export function tickAt(listing: Listing, time: EpochMs): Tick | undefined {
  const { calendar } = listing;
  const today = listing.day(calendar.dateOf(time));
  if (today !== undefined && time < today.session.open) {
    const row = newestRow(today, 'pre-open', time);
    if (row !== undefined) return auctionTick(listing, today, row, time);
  }
  const session = sessionAtOrBefore(calendar, time);
  const day = session && listing.day(session.date);
  if (day === undefined) return undefined;
  const row = newestRow(day, 'closing', time);
  if (row !== undefined) return auctionTick(listing, day, row, time);
  for (let minute = minuteAtOrBefore(day, time); minute >= 0; minute -= 1) {
    if ((day.trades[minute] ?? 0) === 0) continue;
    const trades = minuteTrades(day, minute);
    const at = lastRow(trades, time - (day.minutes[minute] ?? 0));
    if (at >= 0) return tickOf(listing, day, minute, trades, at, time);
  }
  return undefined;
}

function newestRow({ auctions }: MarketDay, kind: AuctionKind, time: EpochMs): AuctionRow | undefined {
  return auctions.findLast((row) => row.kind === kind && row.time <= time);
}

/** The prices of the day up to that moment of an auction. */
function rangeAt(day: MarketDay, { kind, price, hasTraded }: AuctionRow) {
  if (kind === 'pre-open') return hasTraded ? { open: price, high: price, low: price } : undefined;
  const last = day.minutes.length - 1;
  const high = Math.max(day.highBefore[last] ?? price, day.high[last] ?? price, price);
  const low = Math.min(day.lowBefore[last] ?? price, day.low[last] ?? price, price);
  return { open: firstPrice(day), high, low };
}

/** What the day had traded when that auction began. */
function volumeBefore(day: MarketDay, { kind }: AuctionRow): number {
  const last = day.minutes.length - 1;
  return kind === 'pre-open' ? 0 : (day.volumeBefore[last] ?? 0) + (day.volume[last] ?? 0);
}

/** The newest trade `elapsedMs` after the minute began; -1 when there is none yet. */
function lastRow({ second }: MinuteTrades, elapsedMs: number): number {
  if (elapsedMs >= MINUTE_MS) return second.length - 1;
  return second.findLastIndex((each) => each * SECOND_MS <= elapsedMs);
}
