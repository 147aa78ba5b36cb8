import type { AuctionBar } from '../core/auction.ts';
import type { EpochMs, TradingDate } from '../core/brand.ts';
import type { DayCoverage, Grade } from '../core/day-coverage.ts';
import type { BAR_FIELDS } from '../core/revision.ts';

/** How history differed from our bars, in one field of one instrument's day. */
export interface FieldDifference {
  readonly field: (typeof BAR_FIELDS)[number];
  /** Bars in which it differed. */
  readonly bars: number;
  /** The largest difference, in the field's own unit. */
  readonly largest: number;
}

/** One instrument's day in the ledger. */
export interface LedgerRow extends DayCoverage {
  readonly grade: Grade;
  /** Minutes that were missing before anything was repaired: `missing` is what is missing after. */
  readonly missingBefore: number;
  /** One-minute bars that history told otherwise. */
  readonly differences: readonly FieldDifference[];
  /** Bars changed by ticks that came after they had closed. */
  readonly lateRevisions: number;
}

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
