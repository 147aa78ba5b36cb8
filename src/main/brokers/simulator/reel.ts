import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import { playedSpan } from './auction-play.ts';
import { minuteAtOrBefore } from './market-day.ts';
import { minuteTrades } from './minute-trades.ts';
import type { Listing } from './simulated-market.ts';
import { auctionTick, tickOf } from './tick-at.ts';

/** What one instrument tells in a minute, and the row of it that comes next. */
export interface Reel {
  readonly instrument: InstrumentKey;
  /** Of each row the second of the minute, 0 to 59, rising. */
  readonly second: ArrayLike<number>;
  row: number;
  tick(row: number, receivedAt: EpochMs): Tick;
}

/** What the instruments tell in the minute that begins at `time`, be it of trading or of an auction. */
export function reelsOf(listings: readonly Listing[], time: EpochMs): readonly Reel[] {
  return listings.flatMap((listing) => tradingReel(listing, time) ?? auctionReel(listing, time) ?? []);
}

function tradingReel(listing: Listing, time: EpochMs): Reel | undefined {
  const day = listing.day(listing.calendar.dateOf(time));
  if (day === undefined) return undefined;
  const minute = minuteAtOrBefore(day, time);
  if (day.minutes[minute] !== time) return undefined;
  const trades = minuteTrades(day, minute);
  return {
    instrument: listing.instrument.key,
    second: trades.second,
    row: 0,
    tick: (row, receivedAt) => tickOf(listing, day, minute, trades, row, receivedAt),
  };
}

function auctionReel(listing: Listing, time: EpochMs): Reel | undefined {
  const day = listing.day(listing.calendar.dateOf(time));
  const rows = day?.auctions.filter((row) => row.time >= time && row.time < time + MINUTE_MS) ?? [];
  if (day === undefined || rows.length === 0) return undefined;
  return {
    instrument: listing.instrument.key,
    second: rows.map((row) => (row.time - time) / SECOND_MS),
    row: 0,
    tick(at, receivedAt) {
      const row = rows[at];
      if (row === undefined) throw new RangeError(`An auction's minute has no row ${at}.`);
      return auctionTick(listing, day, row, receivedAt);
    },
  };
}

/**
 * Where an instrument stands when a run begins in the midst of an auction, told at that moment: what is traded after
 * it then counts from there. Undefined outside the minutes that are played, and when nothing of them is over.
 */
export function standingAt(listing: Listing, time: EpochMs): Tick | undefined {
  const day = listing.day(listing.calendar.dateOf(time));
  const row = day?.auctions.findLast((each) => each.time < time);
  if (day === undefined || row === undefined) return undefined;
  const played = playedSpan(day.session, row.kind);
  if (played === undefined || row.time < played.open || time >= played.close) return undefined;
  return { ...auctionTick(listing, day, row, time), time };
}
