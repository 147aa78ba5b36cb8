import type { InstrumentKey } from '../../../core/brand.ts';
import type { FyersInstrument } from './match-instruments.ts';
import { subscribeFrames, unsubscribeFrames } from './requests.ts';

/** What a connection should carry. */
export interface TopicPlan {
  readonly topics: ReadonlySet<string>;
  /** Instruments without a place: no topic is known for them, or the connection is full. */
  readonly left: readonly InstrumentKey[];
}

/** Prices first; order books take the places that are left. */
export function planTopics(wanted: readonly FyersInstrument[], wantsBooks: boolean, mostTopics: number): TopicPlan {
  const topics = new Set<string>();
  const left: InstrumentKey[] = [];
  for (const { instrument, topics: names } of wanted) {
    if (names === undefined || topics.size >= mostTopics) left.push(instrument.key);
    else topics.add(names.prices);
  }
  if (!wantsBooks) return { topics, left };
  for (const { topics: names } of wanted)
    if (names?.book !== undefined && topics.size < mostTopics) topics.add(names.book);
  return { topics, left };
}

/** Frames to send, in order, to get from what is subscribed to what is wanted. */
export function subscriptionFrames(current: ReadonlySet<string>, wanted: ReadonlySet<string>): readonly Uint8Array[] {
  const dropped = [...current].filter((topic) => !wanted.has(topic));
  const added = [...wanted].filter((topic) => !current.has(topic));
  return [...unsubscribeFrames(dropped), ...subscribeFrames(added)];
}
