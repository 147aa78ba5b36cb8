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
  /** Takes the `count` values of a record, which begin at `start`. True when one of them is new. */
  take(view: DataView, start: number, count: number): boolean;
}

/** An unsigned counter that went over half of its range reads as negative. */
const UNSIGNED_RANGE = 2 ** 32;

/** A topic without values: a snapshot's are taken next. */
export function createTopic(identity: TopicIdentity, layout: TopicLayout): Topic {
  return new LaidOutTopic(identity, layout);
}

/** A class, as there may be thousands and each is asked for a dozen values with every record. */
class LaidOutTopic implements Topic {
  readonly name: string;
  readonly kind: TopicKind;
  readonly multiplier: number;
  readonly precision: number;
  readonly segment: string;
  readonly token: string;
  readonly symbol: string;
  readonly #layout: TopicLayout;
  readonly #divisor: number;
  readonly #raw: number[];

  constructor({ name, kind, multiplier, precision, segment, token, symbol }: TopicIdentity, layout: TopicLayout) {
    this.name = name;
    this.kind = kind;
    this.multiplier = multiplier;
    this.precision = precision;
    this.segment = segment;
    this.token = token;
    this.symbol = symbol;
    this.#layout = layout;
    this.#divisor = multiplier * 10 ** precision;
    this.#raw = new Array<number>(layout.fields.length).fill(NO_VALUE);
  }

  get names(): readonly string[] {
    return this.#layout.names;
  }

  read(name: string): number | undefined {
    const place = this.#layout.places.get(name);
    if (place === undefined) return undefined;
    const value = this.#raw[place];
    if (value === undefined || value === NO_VALUE) return undefined;
    const unit = this.#layout.fields[place]?.unit;
    if (unit === 'price') return value / this.#divisor;
    const count = value < 0 ? value + UNSIGNED_RANGE : value;
    return unit === 'time' ? count * SECOND_MS : count;
  }

  take(view: DataView, start: number, count: number): boolean {
    let isChanged = false;
    const known = Math.min(count, this.#raw.length);
    for (let place = 0; place < known; place += 1) {
      const value = view.getInt32(start + 4 * place);
      if (value === NO_VALUE || this.#raw[place] === value) continue;
      this.#raw[place] = value;
      isChanged = true;
    }
    return isChanged;
  }
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
