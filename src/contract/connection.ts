import type { EpochMs } from '../core/brand.ts';
import type { FeedStatus } from '../core/feed-status.ts';

/** One connection to a venue, as Health shows it. Counters run since the feed began. */
export interface ConnectionMetrics {
  /** Which of the venue's connections: `ticker 1`, `orders`, … */
  readonly name: string;
  readonly state: FeedStatus['state'];
  readonly messages: number;
  readonly bytes: number;
  /** Connections lost, refused or not made, and messages refused. */
  readonly errors: number;
  /** Messages thrown away because more came than could be read. */
  readonly drops: number;
  readonly reconnects: number;
  /** Connections replaced by a fresh one before their time ran out, without a gap. */
  readonly rotations: number;
  readonly connectedAt: EpochMs | undefined;
  readonly lastMessageAt: EpochMs | undefined;
  /** Newest message with a price in it. */
  readonly lastDataAt: EpochMs | undefined;
  /** Half a round trip as the venue's answer to our heartbeat shows it; undefined where there is none. */
  readonly latencyMs: number | undefined;
  readonly subscriptions: number;
}
