import type { MarketDay } from './market-day.ts';
import type { Random } from './random.ts';

/** How far beyond its open and close a minute reaches on average, in deviations of its move. */
const REACH = 0.45;

/**
 * Sets a minute's prices: how far it reaches beyond open and close, and what its few trades can show of that.
 * One trade has one price; two have open and close; each extreme beyond them needs a trade of its own.
 */
export function setMinute(
  day: MarketDay,
  minute: number,
  { open, close, trades, deviation }: { open: number; close: number; trades: number; deviation: number },
  random: Random,
): void {
  const above = Math.floor(random.exponential() * REACH * deviation);
  const below = Math.floor(random.exponential() * REACH * deviation);
  const first = trades === 1 && minute > 0 ? close : open;
  const last = trades === 1 ? first : close;
  const top = Math.max(first, last);
  const bottom = Math.min(first, last);
  day.open[minute] = first;
  day.close[minute] = last;
  day.high[minute] = top + (trades >= 3 ? above : 0);
  day.low[minute] = Math.max(1, bottom - (trades >= 4 ? below : 0));
  day.trades[minute] = trades;
}

/** A minute in which nothing happens. */
export function skipMinute(day: MarketDay, minute: number, price: number): void {
  day.open[minute] = price;
  day.high[minute] = price;
  day.low[minute] = price;
  day.close[minute] = price;
}
