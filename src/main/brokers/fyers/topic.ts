import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { TopicLayout } from './mapping.ts';
import { NO_VALUE, TOPIC_KINDS, type TopicKind } from './wire.ts';

/** What a snapshot says of a topic beside its values. */
export interface TopicIdentity {
  /** `sf|nse_cm|3045` */
  readonly name: string;
  readonly kind: TopicKind;
  /** Prices are divided by multiplier × 10 ^ precision. */
  readonly multiplier: number;
  readonly precision: number;
  /** `nse_cm` */
  readonly segment: string;
  /** The exchange's number, or the name of an index. */
  readonly token: string;
  /** `SBIN-EQ`, or the name of an index. */
  readonly symbol: string;
}

/** One subscribed thing and where it stands: a snapshot sets it up, updates change single values. */
export interface Topic extends TopicIdentity {
  /** The public names of its values, in their order. */
  readonly names: readonly string[];
  /** A value by its public name, in our units: prices divided, times in ms. Undefined where there is none. */
  read(name: string): number | undefined;
  /** Takes the values of a record, from the first field on. True when one of them is new. */
  take(values: readonly number[]): boolean;
}

/** An unsigned counter that went over half of its range reads as negative. */
const UNSIGNED_RANGE = 2 ** 32;

export function createTopic(identity: TopicIdentity, layout: TopicLayout, values: readonly number[]): Topic {
  const { fields } = layout;
  const divisor = identity.multiplier * 10 ** identity.precision;
  const raw: number[] = fields.map((_field, place) => values[place] ?? NO_VALUE);
  const places = new Map(fields.map(({ name }, place) => [name, place]));
  return {
    ...identity,
    names: fields.map(({ name }) => name),
    read(name) {
      const place = places.get(name);
      if (place === undefined) return undefined;
      const value = raw[place];
      if (value === undefined || value === NO_VALUE) return undefined;
      const unit = fields[place]?.unit;
      if (unit === 'price') return value / divisor;
      const count = value < 0 ? value + UNSIGNED_RANGE : value;
      return unit === 'time' ? count * SECOND_MS : count;
    },
    take(fresh) {
      let isChanged = false;
      for (const [place, value] of fresh.entries()) {
        if (place >= raw.length || value === NO_VALUE || raw[place] === value) continue;
        raw[place] = value;
        isChanged = true;
      }
      return isChanged;
    },
  };
}

/** When the exchange sent it; undefined where the topic does not say. 0 is "never". */
export function timeOf(topic: Topic, name: 'exch_feed_time' | 'last_traded_time'): EpochMs | undefined {
  const time = topic.read(name);
  return time === undefined || time === 0 ? undefined : (time as EpochMs);
}

/** Undefined for a name that is none of a topic's. */
export function kindOfTopic(name: string): TopicKind | undefined {
  return TOPIC_KINDS.find((kind) => name.startsWith(`${kind}|`));
}
