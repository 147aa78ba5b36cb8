import type { SettingsPatch } from '../../src/contract/settings.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Tick } from '../../src/core/tick.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import type { BrokerSession, Clock, FeedSink, HistoryRequest } from '../../src/main/engine/ports.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { ist } from './ist.ts';
import { INFY } from './tape.ts';
import { openWorld, settle } from './world.ts';

/** A venue that says what a test tells it to, tick by tick; its history holds what the test wrote into it. */
export class HandVenue {
  readonly session: BrokerSession;
  readonly asked: HistoryRequest[] = [];
  told: readonly Candle[] = [];
  historyFails = false;
  /** History answers no sooner. */
  answersAfter: Promise<unknown> = Promise.resolve();
  #line: FeedSink | undefined;

  constructor(instruments: readonly Instrument[], clock: Clock, timeframes: readonly Timeframe[] = ['1m']) {
    this.session = {
      instruments,
      playback: undefined,
      feed: {
        watch: () => undefined,
        run: (sink, stop) =>
          new Promise((resolve) => {
            this.#line = sink;
            sink.status({ state: 'live', since: clock.now() });
            stop.addEventListener('abort', () => {
              sink.status({ state: 'stopped', reason: 'by-user' });
              resolve();
            });
          }),
      },
      quotes: undefined,
      history: {
        timeframes,
        candles: async (request) => {
          if (this.historyFails) throw new Error('the venue is down');
          this.asked.push(request);
          await this.answersAfter;
          const { instrument, timeframe, from, to } = request;
          return this.told.filter(
            (bar) =>
              bar.instrument === instrument && bar.timeframe === timeframe && bar.openTime >= from && bar.openTime < to,
          );
        },
      },
    };
  }

  /** Where the feed speaks. */
  get line(): FeedSink {
    if (this.#line === undefined) throw new Error('The feed does not run.');
    return this.#line;
  }

  /** A trade of `instrument`, stamped `time`. */
  tick(time: EpochMs, ltp: number, more: Partial<Tick> = {}, { key }: Instrument = INFY): void {
    this.line.ticks([{ instrument: key, ltp, time, receivedAt: time, ...more }]);
  }

  /** The line is noticed to be dead. */
  lost(now: EpochMs): void {
    this.line.status({ state: 'waiting', retryAt: (now + SECOND_MS) as EpochMs, reason: 'The line broke.' });
  }

  back(now: EpochMs): void {
    this.line.status({ state: 'live', since: now });
  }
}

/** A bar with these four prices and a volume, or a flat one. */
export function barOf(
  openTime: EpochMs,
  prices: readonly [open: number, high: number, low: number, close: number] | number,
  volume: number | undefined = 10,
  timeframe: Timeframe = '1m',
  { key }: Instrument = INFY,
): Candle {
  const [open, high, low, close] = typeof prices === 'number' ? [prices, prices, prices, prices] : prices;
  return { instrument: key, timeframe, openTime, open, high, low, close, volume };
}

/** Flat minutes from `from` on, one a price. */
export function minutesOf(from: EpochMs, prices: readonly number[], instrument: Instrument = INFY): Candle[] {
  return prices.map((price, at) => barOf((from + at * MINUTE_MS) as EpochMs, price, 10, '1m', instrument));
}

/** Fires on every turn of the closes: EMA 1 is the close, EMA 2 follows it. */
export const TURNS: SettingsPatch = {
  rule: { timeframe: '1m', fast: 1, slow: 2, rsi: 2, momentum: 0, forming: false },
};

interface MovableClock extends Clock {
  advance(ms: number): void;
}

/** A world over a venue of hand, begun at the clock's time. */
export async function handWorld(
  clock: MovableClock,
  {
    patch = TURNS,
    store = openStore(':memory:'),
    instruments = [INFY],
    told = [],
    timeframes,
  }: {
    readonly patch?: SettingsPatch;
    readonly store?: Store;
    readonly instruments?: readonly Instrument[];
    readonly told?: readonly Candle[];
    readonly timeframes?: readonly Timeframe[];
  } = {},
) {
  const venue = new HandVenue(instruments, clock, timeframes);
  venue.told = told;
  const opened = openWorld(venue.session, clock, patch, store);
  await opened.world.start();
  await settle();
  return {
    ...opened,
    venue,
    /** Lets time pass up to `until`, a second at a time. */
    async to(until: string): Promise<void> {
      const end = ist(until);
      while (clock.now() < end) {
        clock.advance(Math.min(SECOND_MS, end - clock.now()));
        await settle();
      }
    },
  };
}
