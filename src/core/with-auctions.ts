import type { AuctionBar } from './auction.ts';
import type { EpochMs, TradingDate } from './brand.ts';
import type { Calendar } from './calendar.ts';
import { type CandleColumns, createColumns } from './candle-columns.ts';

/**
 * Days that were made of continuous trading, with their auctions: a day opens at the price of its opening auction
 * and closes at that of its closing auction, which is the official close. Auctions of other days are left out.
 */
export function withAuctions(days: CandleColumns, auctions: readonly AuctionBar[], calendar: Calendar): CandleColumns {
  if (auctions.length === 0) return days;
  const byDate = new Map<TradingDate, AuctionBar[]>();
  for (const auction of auctions) byDate.set(auction.date, [...(byDate.get(auction.date) ?? []), auction]);
  const out = copyOf(days);
  days.openTime.forEach((time, row) => {
    for (const { kind, high, low, close, volume } of byDate.get(calendar.dateOf(time as EpochMs)) ?? []) {
      if (kind === 'pre-open') out.open[row] = close;
      else out.close[row] = close;
      // Row is within the columns, which have one length.
      out.high[row] = Math.max(out.high[row] as number, high);
      out.low[row] = Math.min(out.low[row] as number, low);
      out.volume[row] = (out.volume[row] as number) + (volume ?? Number.NaN);
    }
  });
  return out;
}

function copyOf(columns: CandleColumns): CandleColumns {
  const out = createColumns(columns.openTime.length);
  out.openTime.set(columns.openTime);
  out.open.set(columns.open);
  out.high.set(columns.high);
  out.low.set(columns.low);
  out.close.set(columns.close);
  out.volume.set(columns.volume);
  return out;
}
