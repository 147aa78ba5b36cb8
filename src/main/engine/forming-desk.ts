import { signalOf } from '../../core/scanner/finding-signal.ts';
import { type Signal, signalId } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { LaneSlot, Track } from './track.ts';

/** How often an instrument's forming bar is judged, in market time: a price near the line would else flicker. */
const CHECK_MS = 5_000;

/** Signals that would be, if the bar closed now. They are shown as such, may vanish, and are never stored. */
export class FormingDesk {
  readonly #clock: Clock;
  readonly #publisher: Publisher;
  /** By track, then by rule. */
  readonly #shown = new Map<Track, Map<string, Signal>>();
  readonly #checkedAt = new Map<Track, number>();
  /** Ids of the rules that look at forming bars too. */
  wanted: ReadonlySet<string> = new Set();

  /** `clock` is the market's. */
  constructor(clock: Clock, publisher: Publisher) {
    this.#clock = clock;
    this.#publisher = publisher;
  }

  get signals(): readonly Signal[] {
    return [...this.#shown.values()].flatMap((shown) => [...shown.values()]);
  }

  /** Judges the track's forming bars, unless that was done a moment ago. */
  look(track: Track): void {
    if (this.wanted.size === 0 || track.lanes.size === 0) return;
    const now = this.#clock.now();
    if (now - (this.#checkedAt.get(track) ?? Number.NEGATIVE_INFINITY) < CHECK_MS) return;
    this.#checkedAt.set(track, now);
    for (const [timeframe, slot] of track.lanes) this.#show(track, timeframe, this.#found(track, slot));
  }

  /** A bar closed: what is true of it now is the rules' to say. Without a timeframe all are meant. */
  clear(track: Track, timeframe?: Timeframe): void {
    if (timeframe !== undefined) {
      this.#show(track, timeframe, []);
      return;
    }
    for (const signal of this.#shown.get(track)?.values() ?? []) this.#tell(track, signal.rule, null);
    this.#shown.delete(track);
  }

  #found({ instrument }: Track, { lane, maker }: LaneSlot): readonly Signal[] {
    const forming = maker.forming?.candle;
    if (forming === undefined) return [];
    return lane
      .judgeForming(forming)
      .filter(({ rule }) => this.wanted.has(rule.id))
      .map((finding) => signalOf(finding, instrument.key, lane.kind.timeframe));
  }

  #show(track: Track, timeframe: Timeframe, signals: readonly Signal[]): void {
    const shown = this.#shown.get(track) ?? new Map<string, Signal>();
    this.#shown.set(track, shown);
    const rules = new Set(signals.map(({ rule }) => rule));
    for (const [rule, signal] of shown) {
      if (signal.timeframe !== timeframe || rules.has(rule)) continue;
      shown.delete(rule);
      this.#tell(track, rule, null);
    }
    for (const signal of signals) {
      const before = shown.get(signal.rule);
      shown.set(signal.rule, signal);
      if (before !== undefined && signalId(before) === signalId(signal) && before.side === signal.side) continue;
      this.#tell(track, signal.rule, signal);
    }
  }

  #tell({ instrument }: Track, rule: string, signal: Signal | null): void {
    this.#publisher.publish({ type: 'forming-signal', instrument: instrument.key, rule, signal });
  }
}
