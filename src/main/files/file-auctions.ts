import { type AuctionBar, auctionAt, auctionSpan } from '../../core/auction.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import type { BarFault, RefusedBar } from '../../core/check-bars.ts';
import { foldAuctions, tellsTrade } from '../../core/fold-auction.ts';
import { INTRADAY_MS, isIntraday } from '../../core/timeframe.ts';

/** What became of the rows of a file that lie within auctions. */
export interface FileAuctions {
  readonly auctions: readonly AuctionBar[];
  /** Rows that the auctions were made of. */
  readonly auctionRows: number;
  /** Rows within auctions in which nothing was traded. */
  readonly quietRows: number;
  readonly refused: readonly RefusedBar[];
  /** Rows that repeated another word for word. */
  readonly duplicates: number;
}

/** A good bar within an auction, and its place among the rows. */
export interface AuctionRow {
  readonly row: number;
  readonly bar: Candle;
}

/**
 * Makes auction bars of rows within auctions, in the order of the file. As among other rows, copies count once and
 * of two that contradict each other the first stands; an auction that is not over by `now` is left for later.
 */
export function fileAuctions(rows: readonly AuctionRow[], calendar: Calendar, now: EpochMs): FileAuctions {
  const refused: RefusedBar[] = [];
  const first = new Map<EpochMs, Candle>();
  let duplicates = 0;
  for (const { row, bar } of rows) {
    const before = first.get(bar.openTime);
    const reason = placeFault(bar) ?? (before && !isSame(before, bar) ? 'contradiction' : undefined);
    if (reason !== undefined) refused.push({ row, reason });
    else if (before !== undefined) duplicates += 1;
    else first.set(bar.openTime, bar);
  }
  const kept = [...first.values()];
  const auctionRows = kept.filter(tellsTrade).length;
  const auctions = foldAuctions(kept, calendar);
  return { auctions, auctionRows, quietRows: kept.length - auctionRows, refused, duplicates };

  function placeFault({ openTime, timeframe }: Candle): BarFault | undefined {
    const session = calendar.session(calendar.dateOf(openTime));
    const kind = session && auctionAt(session, openTime);
    const end = kind && auctionSpan(session, kind)?.close;
    if (session === undefined || end === undefined || !isIntraday(timeframe)) return 'in-auction';
    // Trading begins on the grid: a bar on it reaches from no auction into trading.
    if ((openTime - session.open) % INTRADAY_MS[timeframe] !== 0) return 'off-grid';
    return Math.max(end, openTime + INTRADAY_MS[timeframe]) > now ? 'future' : undefined;
  }
}

function isSame(a: Candle, b: Candle): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}
