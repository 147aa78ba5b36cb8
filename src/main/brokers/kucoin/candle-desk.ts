import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import type { Clock, FeedSink } from '../../engine/ports.ts';
import { type CandleNews, CandleRoll } from './candle-roll.ts';
import { candleEnd } from './candle-types.ts';
import { candleOf } from './history.ts';
import type { CandleUpdate } from './update.ts';
import { CANDLE_GRACE_MS } from './wire.ts';

export interface CandleDeskParts {
  readonly clock: Clock;
  readonly sink: Pick<FeedSink, 'candle'>;
  /** The venue's own clock. */
  serverNow(): EpochMs;
}

interface Place {
  readonly roll: CandleRoll;
  cancelTimer(): void;
}

/** A timer of more than 24.8 days rings at once. */
const LONGEST_TIMER_MS = DAY_MS;

/** The venue's own candles, topic by topic, each told as closed once: when the next begins, or when its time is over. */
export class CandleDesk {
  readonly #parts: CandleDeskParts;
  readonly #places = new Map<string, Place>();

  constructor(parts: CandleDeskParts) {
    this.#parts = parts;
  }

  take(topic: string, candle: CandleUpdate, instrument: InstrumentKey): void {
    const place = this.#places.get(topic) ?? { roll: new CandleRoll(), cancelTimer: () => undefined };
    this.#places.set(topic, place);
    this.#tell(place.roll.next(candle), instrument);
    place.cancelTimer();
    this.#watch(place, instrument);
  }

  /** What comes next of this topic is not joined to what was: in between something may have been missed. */
  forget(topic: string): void {
    this.#places.get(topic)?.cancelTimer();
    this.#places.delete(topic);
  }

  /** Lets go of all other topics. */
  keep(topics: ReadonlySet<string>): void {
    for (const topic of [...this.#places.keys()]) if (!topics.has(topic)) this.forget(topic);
  }

  stop(): void {
    for (const topic of [...this.#places.keys()]) this.forget(topic);
  }

  /** A candle without trades at its end gets no word from the venue: time closes it. */
  #watch(place: Place, instrument: InstrumentKey): void {
    const { clock, serverNow } = this.#parts;
    const { running } = place.roll;
    if (running === undefined) return;
    const leftMs = candleEnd(running.type, running.openTime) + CANDLE_GRACE_MS - serverNow();
    place.cancelTimer = clock.after(Math.min(Math.max(leftMs, 0), LONGEST_TIMER_MS), () => {
      // The venue's clock may have been set, or the computer slept.
      const { running: still } = place.roll;
      if (still === undefined) return;
      if (candleEnd(still.type, still.openTime) + CANDLE_GRACE_MS > serverNow()) this.#watch(place, instrument);
      else this.#tell(place.roll.close(), instrument);
    });
  }

  #tell(news: readonly CandleNews[], instrument: InstrumentKey): void {
    for (const { candle, closed } of news) {
      const { timeframe } = candle.type;
      if (timeframe !== undefined) this.#parts.sink.candle(candleOf(candle, instrument, timeframe), closed);
    }
  }
}
