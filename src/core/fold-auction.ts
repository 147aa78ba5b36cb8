import { type AuctionBar, auctionAt, auctionSpan } from './auction.ts';
import type { Calendar } from './calendar.ts';
import type { Candle } from './candle.ts';

/**
 * What auctions traded, of bars that lie within them: one bar a day and kind, in the order of time. Bars without a
 * trade, bars outside auctions, and further ones of the same time are left out.
 */
export function foldAuctions(bars: readonly Candle[], calendar: Calendar): readonly AuctionBar[] {
  const auctions = new Map<string, AuctionBar>();
  let newest = Number.NEGATIVE_INFINITY;
  for (const bar of bars.toSorted((a, b) => a.openTime - b.openTime)) {
    const session = calendar.session(calendar.dateOf(bar.openTime));
    const kind = session && auctionAt(session, bar.openTime);
    const { instrument, open, high, low, close, volume } = bar;
    const isAgain = bar.openTime === newest;
    newest = bar.openTime;
    if (session === undefined || kind === undefined || !tellsTrade(bar) || isAgain) continue;
    const place = `${session.date} ${kind}`;
    const before = auctions.get(place);
    const openTime = auctionSpan(session, kind)?.open ?? bar.openTime;
    const whole: AuctionBar = { instrument, date: session.date, kind, openTime, open, high, low, close, volume };
    auctions.set(place, before === undefined ? whole : joined(before, whole));
  }
  return [...auctions.values()];
}

/** Whether anything was traded in a bar. While orders are gathered the price stands still, with nothing traded. */
export function tellsTrade({ open, high, low, close, volume }: Candle): boolean {
  return volume === undefined ? high !== low || open !== close : volume > 0;
}

function joined(before: AuctionBar, { high, low, close, volume }: AuctionBar): AuctionBar {
  return {
    ...before,
    high: Math.max(before.high, high),
    low: Math.min(before.low, low),
    close,
    volume: volume === undefined ? before.volume : (before.volume ?? 0) + volume,
  };
}
