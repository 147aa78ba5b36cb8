import type { MarketState } from '../../../../contract/events.ts';
import type { AuctionKind } from '../../../../core/auction.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Segment } from '../../../../core/instrument.ts';
import { isIntraday, type Timeframe } from '../../../../core/timeframe.ts';

/** An auction that goes on now. */
export interface AuctionNow {
  readonly kind: AuctionKind;
  readonly until: EpochMs;
}

/** Whose prices an auction makes; the others trade on, or rest. */
const TAKES_PART: Readonly<Record<AuctionKind, readonly Segment[]>> = {
  'pre-open': ['nse-cas', 'nse-cash', 'nse-index'],
  closing: ['nse-cas', 'nse-index'],
};

/** The auction a chart has to shade behind its newest bar; undefined while there is none. */
export function auctionInProgress(
  market: MarketState | undefined,
  segment: Segment | undefined,
  timeframe: Timeframe,
): AuctionNow | undefined {
  if (market?.until === undefined || segment === undefined || !isIntraday(timeframe)) return undefined;
  const kind = market.phase === 'closing-auction' ? 'closing' : market.phase;
  if ((kind !== 'closing' && kind !== 'pre-open') || !TAKES_PART[kind].includes(segment)) return undefined;
  return { kind, until: market.until };
}
