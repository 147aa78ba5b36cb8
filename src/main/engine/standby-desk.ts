import type { StandbyState } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { Tick } from '../../core/tick.ts';
import { BarMaker } from './bar-maker.ts';
import { BarPairs } from './bar-pairs.ts';
import { PairFeed } from './pair-feed.ts';
import type { BrokerSession, Clock, Feed } from './ports.ts';
import { TickReader } from './tick-reader.ts';

export interface StandbyParts {
  /** The second venue, opened. */
  readonly session: BrokerSession;
  readonly manifest: BrokerManifest;
  readonly first: Feed;
  readonly instruments: readonly Instrument[];
  readonly clock: Clock;
  calendarOf(instrument: InstrumentKey): Calendar | undefined;
  onDifference(difference: BarDifference): void;
  onChanged(): void;
}

type Side = 'first' | 'second';

interface Minutes {
  readonly reader: TickReader;
  readonly maker: BarMaker;
  readonly calendar: Calendar;
  /** Of the newest tick. */
  receivedAt: EpochMs;
}

/** The second venue: its ticks make minutes of their own beside those of the first, and stand in for it. */
export class StandbyDesk {
  readonly feed: PairFeed;
  readonly #parts: StandbyParts;
  readonly #pairs: BarPairs;
  readonly #minutes: Record<Side, Map<InstrumentKey, Minutes>> = { first: new Map(), second: new Map() };
  /** Since when a side has been telling without a break; a minute that began before is not compared. */
  #since: Record<Side, number> = { first: Number.POSITIVE_INFINITY, second: Number.POSITIVE_INFINITY };
  readonly #tickSizes: ReadonlyMap<InstrumentKey, number>;

  constructor(parts: StandbyParts) {
    this.#parts = parts;
    this.#tickSizes = new Map(parts.instruments.map(({ key, tickSize }) => [key, tickSize]));
    this.#pairs = new BarPairs({
      venue: parts.manifest.id,
      now: () => parts.clock.now(),
      tickSizeOf: (instrument) => this.#tickSizes.get(instrument) ?? 0,
      onDifference: parts.onDifference,
    });
    this.feed = new PairFeed({
      first: parts.first,
      second: parts.session.feed,
      secondLabel: parts.manifest.label,
      clock: parts.clock,
      onTicks: (side, ticks) => this.#see(side, ticks),
      onChanged: () => this.#follow(),
    });
  }

  get state(): StandbyState {
    const { id: source, label } = this.#parts.manifest;
    const { compared, differing } = this.#pairs.counts;
    const { isCarrying } = this.feed;
    const status = this.feed.statusOf('second');
    return { source, label, status, first: this.feed.statusOf('first'), isCarrying, compared, differing };
  }

  /** One of the two as it can be looked at from outside. */
  lineOf(side: Side) {
    const feed = side === 'first' ? this.#parts.first : this.#parts.session.feed;
    const receivedAt = (key: InstrumentKey) => this.#minutes[side].get(key)?.receivedAt;
    return { status: this.feed.statusOf(side), connections: feed.connections?.() ?? [], receivedAt };
  }

  #follow(): void {
    for (const side of ['first', 'second'] as const) this.#live(side);
    this.#parts.onChanged();
  }

  #live(side: Side): void {
    const isLive = this.feed.statusOf(side).state === 'live';
    if (isLive === Number.isFinite(this.#since[side])) return;
    this.#since[side] = isLive ? this.#parts.clock.now() : Number.POSITIVE_INFINITY;
    // The next price after a break only says where the day stands.
    if (!isLive) for (const { reader } of this.#minutes[side].values()) reader.forget();
  }

  #see(side: Side, ticks: readonly Tick[]): void {
    this.#live(side);
    for (const tick of ticks) {
      const minutes = this.#minutesOf(side, tick);
      if (minutes === undefined) continue;
      const { reader, maker, calendar } = minutes;
      minutes.receivedAt = tick.receivedAt;
      const date = calendar.dateOf(tick.time);
      const { piece } = reader.read(tick, date, calendar.session(date));
      if (maker.push(piece) !== 'rolled' || maker.closed === undefined) continue;
      if (maker.closed.openTime < this.#since[side]) continue;
      if (side === 'first') this.#pairs.ours(maker.closed);
      else this.#pairs.theirs(maker.closed);
    }
  }

  #minutesOf(side: Side, { instrument, receivedAt }: Tick): Minutes | undefined {
    const known = this.#minutes[side].get(instrument);
    if (known !== undefined) return known;
    const calendar = this.#parts.calendarOf(instrument);
    if (calendar === undefined || !this.#tickSizes.has(instrument)) return undefined;
    const maker = new BarMaker({ instrument, timeframe: '1m', calendar });
    const minutes = { reader: new TickReader(), maker, calendar, receivedAt };
    this.#minutes[side].set(instrument, minutes);
    return minutes;
  }
}

/** For bars that were stored: whether the second told any of it. */
export function isCarried(standby: StandbyDesk | undefined, open: EpochMs, close: EpochMs): boolean {
  return standby?.feed.hasCarried({ open, close }) === true;
}
