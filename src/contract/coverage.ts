import type { AuctionBar } from '../core/auction.ts';
import type { EpochMs, TradingDate } from '../core/brand.ts';
import type { CountedLedger } from '../core/count-ledger.ts';

/** One instrument's day in the ledger. */
export type LedgerRow = CountedLedger;

/** What is known of one day, and what is missing. */
export interface Ledger {
  readonly date: TradingDate;
  /** When it was counted, by the market's clock. */
  readonly countedAt: EpochMs;
  /** Empty on a day without a session. */
  readonly rows: readonly LedgerRow[];
}

/** An auction as a chart draws it. */
export type ChartAuction = Pick<AuctionBar, 'kind' | 'openTime' | 'open' | 'high' | 'low' | 'close'> & {
  readonly closeTime: EpochMs;
  /** Null where unknown. */
  readonly volume: number | null;
};
