import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Meter } from '../transport/meter.ts';
import type { Channel } from './channel.ts';
import type { Connector } from './connector.ts';
import type { Market } from './market.ts';
import type { Refusal } from './refusal.ts';

export interface LineParts {
  readonly name: string;
  readonly meter: Meter;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sink: FeedSink;
  readonly market: Market;
  readonly topicsPerConnection: number;
  status(status: FeedStatus): void;
  /** Topics that this line will not get. `why` tells whether another may. */
  refused(topics: readonly string[], why: Refusal): void;
}

/** What the channels of a line share. */
export interface LineState {
  readonly topics: ReadonlySet<string>;
  /** Open or opening, the oldest first: two while one takes the other's place. */
  readonly channels: Set<Channel>;
  /** Attempts in a row without a welcome. */
  failures: number;
  failed(topics: readonly string[], why: Refusal): void;
  reject(reason: string, detail: string): void;
}
