import type { InstrumentKey, TradingDate } from '../../../src/core/brand.ts';
import type { MarketDay } from '../../../src/main/brokers/simulator/market-day.ts';
import { minuteTrades } from '../../../src/main/brokers/simulator/minute-trades.ts';
import { createMarket, type Listing } from '../../../src/main/brokers/simulator/simulated-market.ts';
import { calendarOf, universe } from '../open-context.ts';

export const market = (seed = 20, instruments = universe): ReadonlyMap<InstrumentKey, Listing> =>
  createMarket(seed, instruments, calendarOf);

export const listingOf = (listings: ReadonlyMap<InstrumentKey, Listing>, symbol: string): Listing => {
  const listing = listings.get(`NSE:${symbol}` as InstrumentKey);
  if (listing === undefined) throw new Error(`${symbol} is not listed.`);
  return listing;
};

export const dayOf = (listing: Listing, date: string): MarketDay => {
  const day = listing.day(date as TradingDate);
  if (day === undefined) throw new Error(`There is no session on ${date}.`);
  return day;
};

/** Every trade of a day: second since the epoch, price in steps, quantity of the day so far. */
export function tradesOf(day: MarketDay): readonly (readonly [time: number, price: number, volume: number])[] {
  return Array.from(day.minutes).flatMap((open, minute) => {
    const { second, price, volume } = minuteTrades(day, minute);
    return Array.from(
      second,
      (each, row) =>
        [open / 1_000 + each, price[row] ?? 0, (day.volumeBefore[minute] ?? 0) + (volume[row] ?? 0)] as const,
    );
  });
}

/** Sessions before the market's hours changed, and after. */
export const DATES = ['2026-07-30', '2026-11-18', '2026-11-19', '2026-11-20'] as const;
