import type { Meter } from '../transport/meter.ts';
import type { RotatingLink } from '../transport/rotation.ts';
import type { LineParts, LineState } from './line-state.ts';
import { createLink } from './link.ts';

/** One connection of the feed and the topics it carries: a fresh one takes its place once a day. */
export interface Line {
  readonly meter: Meter;
  readonly topics: ReadonlySet<string>;
  /** How many topics the venue lets it carry. */
  readonly room: number;
  want(topics: ReadonlySet<string>): void;
  createLink(): RotatingLink;
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
