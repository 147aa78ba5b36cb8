import type { EpochMs, InstrumentKey, TradingDate } from './brand.ts';
import type { Session, Span } from './calendar.ts';

/** The call auction that opens the day, and the one that closes it. */
export const AUCTIONS = ['pre-open', 'closing'] as const;
export type AuctionKind = (typeof AUCTIONS)[number];

/** What an auction traded: one bar a day and kind, of no timeframe. Its close is the auction's price. */
export interface AuctionBar {
  readonly instrument: InstrumentKey;
  readonly date: TradingDate;
  readonly kind: AuctionKind;
  /** When the auction began; its end is the calendar's to say. */
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Quantity traded in it; undefined where the instrument has none, or nobody told. */
  readonly volume: number | undefined;
}

/** The day's auction of that kind; undefined on a day without. */
export function auctionSpan({ preOpen, closingAuction }: Session, kind: AuctionKind): Span | undefined {
  return kind === 'pre-open' ? preOpen : closingAuction;
}

/** The auction that `time` falls into. */
export function auctionAt(session: Session, time: EpochMs): AuctionKind | undefined {
  return AUCTIONS.find((kind) => {
    const span = auctionSpan(session, kind);
    return span !== undefined && time >= span.open && time < span.close;
  });
}
