import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Meter } from '../transport/meter.ts';
import type { RotatingLink } from '../transport/rotation.ts';
import type { Channel } from './channel.ts';
import type { Connector } from './connector.ts';
import { createLink } from './link.ts';
import type { Market } from './market.ts';
import type { Refusal } from './refusal.ts';

/** One connection of the feed and the topics it carries: a fresh one takes its place once a day. */
export interface Line {
  readonly meter: Meter;
  readonly topics: ReadonlySet<string>;
  /** How many topics the venue lets it carry. */
  readonly room: number;
  want(topics: ReadonlySet<string>): void;
  createLink(): RotatingLink;
}

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

export function createLine(parts: LineParts): Line {
  const { meter, sink } = parts;
  let topics: ReadonlySet<string> = new Set();
  let room = parts.topicsPerConnection;

  const reject = (reason: string, detail: string): void => {
    meter.error();
    sink.rejected(reason, detail);
  };
  const state: LineState = {
    get topics() {
      return topics;
    },
    channels: new Set(),
    failures: 0,
    failed(lost, why) {
      topics = new Set([...topics].filter((topic) => !lost.includes(topic)));
      if (why.kind === 'full') room = topics.size;
      else for (const topic of lost) reject(why.kind, topic);
      parts.refused(lost, why);
    },
    reject,
  };
  return {
    meter,
    get topics() {
      return topics;
    },
    get room() {
      return room;
    },
    want(wanted) {
      topics = wanted;
      meter.subscriptions = wanted.size;
      for (const channel of state.channels) channel.want(wanted);
    },
    createLink: () => createLink(parts, state),
  };
}
