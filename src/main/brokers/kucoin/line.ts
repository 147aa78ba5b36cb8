import { type EpochMs, HOUR_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Link } from '../transport/link.ts';
import { Meter } from '../transport/meter.ts';
import type { Connector } from './connector.ts';
import { judgeEnd } from './judge-end.ts';
import type { Market } from './market.ts';
import { readFrame } from './read-frame.ts';
import type { Refusal } from './refusal.ts';
import { RotatingChannel } from './rotating-channel.ts';
import { ROTATION } from './wire.ts';

/** One connection of the feed and the topics it carries. */
export interface Line {
  readonly link: Link;
  readonly meter: Meter;
  readonly topics: ReadonlySet<string>;
  /** How many topics the venue lets it carry. */
  readonly room: number;
  want(topics: ReadonlySet<string>): void;
}

export interface LineParts {
  readonly name: string;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly sink: FeedSink;
  readonly market: Market;
  readonly topicsPerConnection: number;
  readonly rotateHours: number;
  status(status: FeedStatus): void;
  /** Topics that this line will not get. `why` tells whether another may. */
  refused(topics: readonly string[], why: Refusal): void;
}

/** What KuCoin needs of a supervised connection. */
export function createLine(parts: LineParts): Line {
  const { name, connector, clock, jitter, logger, sink, market } = parts;
  const meter = new Meter(name, clock);
  let topics: ReadonlySet<string> = new Set();
  let room = parts.topicsPerConnection;
  let channel: RotatingChannel | undefined;
  let failures = 0;
  let hasExpired = false;

  const reject = (reason: string, detail: string): void => {
    meter.error();
    sink.rejected(reason, detail);
  };
  const failed = (lost: readonly string[], why: Refusal): void => {
    topics = new Set([...topics].filter((topic) => !lost.includes(topic)));
    if (why.kind === 'full') room = topics.size;
    else for (const topic of lost) reject(why.kind, topic);
    parts.refused(lost, why);
  };

  const link: Link = {
    connect(listener) {
      hasExpired = false;
      const turn = failures;
      failures += 1;
      const rotation = {
        clock,
        serviceMs: parts.rotateHours * HOUR_MS - Math.floor(jitter() * ROTATION.spreadMs),
        access: (stop: AbortSignal) => connector(name, turn, stop),
        welcomed() {
          failures = 0;
        },
        failed,
        expired() {
          hasExpired = true;
        },
        complained(code: number, text: string) {
          reject('venue-error', `${code} ${text}`);
        },
        latency: (ms: number) => meter.latency(ms),
        rotated() {
          meter.rotated();
          logger.info('A fresh connection to KuCoin took over, without a gap.', { connection: name });
        },
        notRotated(reason: string) {
          logger.warn('A fresh connection to KuCoin could not be had; the old one goes on.', {
            connection: name,
            reason,
          });
        },
        failedInside: (error: AppError) => logger.error(error),
      };
      channel = new RotatingChannel(rotation, topics, listener);
      return channel;
    },
    opened: () => undefined,
    isReady: () => channel?.isReady === true,
    received(message) {
      sink.heard(message.length);
      if (typeof message !== 'string') {
        reject('binary-message', `${message.length} bytes`);
        return false;
      }
      const frame = readFrame(message);
      if ('reject' in frame) reject(frame.reject, frame.detail);
      else if (frame.type === 'message') return market.take(frame, reject);
      else if (frame.type === 'other') logger.info('KuCoin said something we do not know.', { type: frame.name });
      return false;
    },
    judgeEnd: (end) => judgeEnd(end, hasExpired),
    closed() {
      channel = undefined;
      market.lost(topics);
    },
    status: parts.status,
    isDataDue: (_now: EpochMs) => topics.size > 0,
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
  return {
    link,
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
      channel?.want(wanted);
    },
  };
}
