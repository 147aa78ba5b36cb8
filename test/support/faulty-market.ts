import { type EpochMs, MINUTE_MS } from '../../src/core/brand.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Tick } from '../../src/core/tick.ts';
import type { BrokerSession, Clock, FeedSink } from '../../src/main/engine/ports.ts';
import { barsOf, seeded } from './tape.ts';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** How timers of a computer that slept come back: as if they had stood still, or all those overdue at once. */
export type Waking = 'timers stood still' | 'timers are overdue';

/** A computer whose clock is set now and then, and which sleeps. The exchange's clock goes on regardless. */
export class FaultyClock implements Clock {
  /** Counts the time that timers go by. */
  #timerMs = 0;
  #wallMs: number;
  #exchangeMs: number;
  #timers: Timer[] = [];

  constructor(start: number) {
    this.#wallMs = start;
    this.#exchangeMs = start;
  }

  /** The exchange's time, and timers by which the venue's own doings can be timed. */
  get exchange(): Clock {
    return { now: () => Math.floor(this.#timerMs + this.#exchangeMs) as EpochMs, after: this.after.bind(this) };
  }

  now(): EpochMs {
    return (this.#timerMs + this.#wallMs) as EpochMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { due: this.#timerMs + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const until = this.#timerMs + ms;
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers)
        if (timer.due <= until && timer.due < (next?.due ?? Number.POSITIVE_INFINITY)) next = timer;
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      // An overdue one rings now.
      this.#timerMs = Math.max(this.#timerMs, next.due);
      next.callback();
    }
    this.#timerMs = until;
  }

  /** Somebody, or a time server, sets our clock. */
  step(ms: number): void {
    this.#wallMs += ms;
  }

  /** Nothing runs for so long. */
  sleep(ms: number, waking: Waking): void {
    if (waking === 'timers are overdue') {
      this.#timerMs += ms;
      return;
    }
    this.#wallMs += ms;
    this.#exchangeMs += ms;
  }
}

/** What happens to ticks on their way. */
export interface Noise {
  readonly seed: number;
  /** Each comes up to so much later than it was stamped, so that they overtake each other. */
  readonly delayMs: number;
  /** Shares of those that never come, and of those that come twice. */
  readonly dropped: number;
  readonly doubled: number;
  /** None comes after the end of the stretch of this length, counted from the epoch, that it was stamped in. */
  readonly withinMs?: number;
}

/** A tick as it comes: at an instant of the exchange's clock. */
export interface Arrival {
  readonly at: number;
  readonly tick: Tick;
}

/** The ticks as they arrive, in the order they come. */
export function noisy(
  ticks: readonly Tick[],
  { seed, delayMs, dropped, doubled, withinMs }: Noise,
): readonly Arrival[] {
  const random = seeded(seed + 1);
  const arrivals = ticks.flatMap((tick): readonly Arrival[] => {
    const [fate, late, again] = [random(), random(), random()];
    if (fate < dropped) return [];
    const end = withinMs === undefined ? Number.POSITIVE_INFINITY : Math.ceil((tick.time + 1) / withinMs) * withinMs;
    const first = { at: Math.min(tick.time + late * delayMs, end - 1), tick };
    const second = { at: Math.min(tick.time + again * delayMs, end - 1), tick };
    return fate > 1 - doubled ? [first, second] : [first];
  });
  return arrivals.sort((a, b) => a.at - b.at);
}

/** A venue whose line brings what arrives, and a sign of life between, when it is not dead; its history knows the whole truth. */
export class FaultyVenue {
  readonly session: BrokerSession;
  historyFails = false;
  /** How often history was asked and answered. */
  answers = 0;
  readonly #arrivals: readonly Arrival[];
  readonly #clock: FaultyClock;
  #sink: FeedSink | undefined;
  #isDead = false;

  constructor(
    instruments: readonly Instrument[],
    truth: readonly Tick[],
    arrivals: readonly Arrival[],
    clock: FaultyClock,
    calendarOf: (instrument: Instrument) => Calendar,
  ) {
    this.#arrivals = arrivals;
    this.#clock = clock;
    const minutes = instruments.map((instrument) => ({
      key: instrument.key,
      bars: candlesOf(barsOf(truth, instrument.key, '1m', calendarOf(instrument)), instrument.key, '1m'),
    }));
    this.session = {
      instruments,
      playback: undefined,
      quotes: undefined,
      feed: { watch: () => undefined, run: (sink, stop) => this.#stream(sink, stop) },
      history: {
        timeframes: ['1m'],
        candles: async ({ instrument, from, to }) => {
          if (this.historyFails) throw new Error('The venue is down.');
          this.answers += 1;
          const now = clock.exchange.now();
          const own = minutes.find(({ key }) => key === instrument)?.bars ?? [];
          return own.filter(({ openTime }) => openTime >= from && openTime < to && openTime + MINUTE_MS <= now);
        },
      },
    };
  }

  /** The socket is cut, and comes back so much later. What is told meanwhile is lost. */
  cut(ms: number): void {
    const sink = this.#sink;
    if (sink === undefined || this.#isDead) return;
    this.#isDead = true;
    sink.status({ state: 'waiting', retryAt: (this.#clock.now() + ms) as EpochMs, reason: 'The line broke.' });
    this.#clock.after(ms, () => {
      this.#isDead = false;
      sink.status({ state: 'live', since: this.#clock.now() });
    });
  }

  #stream(sink: FeedSink, stop: AbortSignal): Promise<void> {
    this.#sink = sink;
    sink.status({ state: 'live', since: this.#clock.now() });
    const { exchange } = this.#clock;
    let lookedAt: number = exchange.now();
    let next = this.#arrivals.findIndex(({ at }) => at > lookedAt);
    return new Promise((resolve) => {
      const look = (): void => {
        if (stop.aborted) return;
        const now = exchange.now();
        // What came while nobody ran is lost, as a sender gives up on who does not answer.
        const slept = now - lookedAt > 10 * LOOK_MS;
        lookedAt = now;
        for (let arrival = this.#arrivals[next]; arrival !== undefined && arrival.at <= now; ) {
          if (!this.#isDead && !slept) sink.ticks([{ ...arrival.tick, receivedAt: this.#clock.now() }]);
          next += 1;
          arrival = this.#arrivals[next];
        }
        if (!this.#isDead) sink.heard(1);
        this.#clock.after(LOOK_MS, look);
      };
      this.#clock.after(LOOK_MS, look);
      stop.addEventListener('abort', () => {
        this.#sink = undefined;
        sink.status({ state: 'stopped', reason: 'by-user' });
        resolve();
      });
    });
  }
}

const LOOK_MS = 250;
