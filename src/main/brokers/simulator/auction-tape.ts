import { type AuctionKind, auctionSpan } from '../../../core/auction.ts';
import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { Session } from '../../../core/calendar.ts';
import { playedSpan } from './auction-play.ts';

/** So much later comes the second half of what an opening auction traded. */
const HALVES_MS = 3 * SECOND_MS;

/** What is told of an auction at one moment. */
export interface AuctionRow {
  readonly time: EpochMs;
  readonly kind: AuctionKind;
  /** In steps. */
  readonly price: number;
  /** Quantity since the auction began; 0 of an index. */
  readonly volume: number;
  /** False while orders are gathered: the price is the last one before. */
  readonly hasTraded: boolean;
}

/** How an auction comes out: its price and quantity, and when that is first told. */
export type AuctionOutcome = Pick<AuctionRow, 'time' | 'price' | 'volume'>;

/**
 * What is told of an auction: first the price before it, which is no trade, then its own. The quantity of a
 * pre-open comes in two halves, of a closing auction at once; an index jumps once. Nothing on a day without.
 */
export function auctionTape(
  session: Session,
  kind: AuctionKind,
  before: number,
  outcome: AuctionOutcome | undefined,
): readonly AuctionRow[] {
  const span = auctionSpan(session, kind);
  const played = playedSpan(session, kind);
  if (span === undefined || played === undefined || outcome === undefined) return [];
  const { time, price, volume } = outcome;
  const stillAt = (at: EpochMs): AuctionRow => ({ time: at, kind, price: before, volume: 0, hasTraded: false });
  const whole: AuctionRow = { time, kind, price, volume, hasTraded: true };
  // When trading ends everybody says once more where they stand.
  if (kind === 'closing') return [...new Set([span.open, played.open])].map(stillAt).concat(whole);
  if (volume < 2) return [stillAt(played.open), whole];
  const half = { ...whole, volume: Math.floor(volume / 2) };
  return [stillAt(played.open), half, { ...whole, time: (time + HALVES_MS) as EpochMs }];
}

/** What the auction of that kind came to, of a day's rows; undefined on a day without. */
export function auctionResult(rows: readonly AuctionRow[], kind: AuctionKind): AuctionRow | undefined {
  return rows.findLast((row) => row.kind === kind);
}
