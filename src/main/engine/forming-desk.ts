import { type Signal, signalId } from '../../core/signal.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { Track } from './track.ts';

/** How often an instrument's forming bar is judged, in market time: a price near the line would else flicker. */
const CHECK_MS = 5_000;

/** Signals that would be, if the bar closed now. They are shown as such, may vanish, and are never stored. */
export class FormingDesk {
  readonly #clock: Clock;
  readonly #publisher: Publisher;
  readonly #shown = new Map<Track, Signal>();
  readonly #checkedAt = new Map<Track, number>();
  enabled = true;

  /** `clock` is the market's. */
  constructor(clock: Clock, publisher: Publisher) {
    this.#clock = clock;
    this.#publisher = publisher;
  }

  get signals(): readonly Signal[] {
    return [...this.#shown.values()];
  }

  /** Judges the track's forming bar, unless that was done a moment ago. */
  look(track: Track): void {
    if (!this.enabled || track.rule === undefined) return;
    const now = this.#clock.now();
    if (now - (this.#checkedAt.get(track) ?? Number.NEGATIVE_INFINITY) < CHECK_MS) return;
    this.#checkedAt.set(track, now);
    const forming = track.rule.maker.forming?.candle;
    this.#show(track, forming && track.rule.lane.judgeForming(forming.openTime, forming.close));
  }

  /** The bar closed: what is true of it now is the rule's to say. */
  clear(track: Track): void {
    this.#show(track, undefined);
  }

  #show(track: Track, signal: Signal | undefined): void {
    const shown = this.#shown.get(track);
    if (signal === undefined) {
      if (!this.#shown.delete(track)) return;
    } else {
      this.#shown.set(track, signal);
      if (shown !== undefined && signalId(shown) === signalId(signal) && shown.side === signal.side) return;
    }
    this.#publisher.publish({ type: 'forming-signal', instrument: track.instrument.key, signal: signal ?? null });
  }
}
