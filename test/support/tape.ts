import { periodSpan } from '../../src/core/bar-time.ts';
import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../src/core/brand.ts';
import type { Calendar } from '../../src/core/calendar.ts';
import { type CandleColumns, candlesOf, columnsOf } from '../../src/core/candle-columns.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import type { Tick } from '../../src/core/tick.ts';
import { isIntraday, type Timeframe } from '../../src/core/timeframe.ts';
import type { BrokerSession, Clock, FeedSink, HistoryRequest } from '../../src/main/engine/ports.ts';

export const INFY = stock('INFY');
export const TCS = stock('TCS');

export function stock(symbol: string): Instrument {
  return {
    key: `NSE:${symbol}` as InstrumentKey,
    name: symbol,
    segment: 'nse-cas',
    sector: undefined,
    tickSize: 0.05,
    priceDecimals: 2,
    lotSize: 1,
  };
}

/** A generated market: prices that wander and swing, the same every time. One tick a second or less. */
export function tapeOf(
  instruments: readonly Instrument[],
  dates: readonly string[],
  calendar: Calendar,
): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const [index, { key }] of instruments.entries()) {
    const random = seeded(index + 1);
    let price = 1_000 + index * 500;
    let previousClose = price;
    for (const date of dates) {
      const session = calendar.session(calendar.dateOf(Date.parse(`${date}T06:00:00Z`) as EpochMs));
      if (session === undefined) throw new Error(`${date} has no session`);
      let dayVolume = 0;
      for (
        let time: number = session.open + SECOND_MS;
        time < session.close;
        time += SECOND_MS * (1 + Math.floor(random() * 3))
      ) {
        price += Math.sin(time / 300_000) * 0.1 + (random() - 0.5) * 0.5;
        dayVolume += Math.floor(random() * 100);
        const ltp = Math.round(price * 20) / 20;
        ticks.push({
          instrument: key,
          ltp,
          dayVolume,
          previousClose,
          time: time as EpochMs,
          receivedAt: time as EpochMs,
        });
      }
      previousClose = price;
    }
  }
  return ticks.sort((a, b) => a.time - b.time);
}

/** The bars that a venue which saw every tick would tell. The first tick's volume is the day's first, so it counts. */
export function barsOf(
  ticks: readonly Tick[],
  instrument: InstrumentKey,
  timeframe: Timeframe,
  calendar: Calendar,
): CandleColumns {
  let total = 0;
  const rows = ticks
    .filter((tick) => tick.instrument === instrument)
    .map(({ ltp, dayVolume = 0, time }) => {
      const volume = dayVolume >= total ? dayVolume - total : dayVolume;
      total = dayVolume;
      return { openTime: time, open: ltp, high: ltp, low: ltp, close: ltp, volume };
    });
  const bars = resampleColumns(columnsOf(rows), timeframe, calendar);
  if (isIntraday(timeframe)) return bars;
  // A week or month that the tape begins in is the calendar's all the same.
  const openOf = (time: number) => periodSpan(calendar.dateOf(time as EpochMs), timeframe, calendar).openTime;
  return { ...bars, openTime: bars.openTime.map(openOf) };
}

/** A venue that streams the tape as its clock goes, and answers quotes and history from the same tape. */
export class TapeVenue {
  readonly session: BrokerSession;
  readonly #ticks: readonly Tick[];
  readonly #clock: Clock;
  /** History requests served, to see that nobody asks without need. */
  asked: HistoryRequest[] = [];
  historyFails = false;
  #sink: FeedSink | undefined;

  constructor(instruments: readonly Instrument[], ticks: readonly Tick[], clock: Clock, calendar: Calendar) {
    this.#ticks = ticks;
    this.#clock = clock;
    this.session = {
      instruments,
      playback: undefined,
      feed: { watch: () => undefined, run: (sink, stop) => this.#stream(sink, stop) },
      quotes: {
        quotes: async (wanted) =>
          wanted.flatMap((key) => ticks.findLast((tick) => tick.instrument === key && tick.time <= clock.now()) ?? []),
      },
      history: {
        timeframes: ['1m'],
        candles: async (request) => {
          if (this.historyFails) throw new Error('the venue is down');
          this.asked.push(request);
          const { instrument, timeframe, from, to } = request;
          const now = clock.now();
          const bars = barsOf(
            ticks.filter(({ time }) => time <= now),
            instrument,
            timeframe,
            calendar,
          );
          return candlesOf(bars, instrument, timeframe).filter(
            ({ openTime }) => openTime >= from && openTime < to && openTime + 60_000 <= now,
          );
        },
      },
    };
  }

  /** As if the connection broke, and came back `after` ms later. */
  break(afterMs: number): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    this.#sink = undefined;
    sink.status({ state: 'waiting', retryAt: (this.#clock.now() + afterMs) as EpochMs, reason: 'The line broke.' });
    this.#clock.after(afterMs, () => {
      this.#sink = sink;
      sink.status({ state: 'live', since: this.#clock.now() });
    });
  }

  #stream(sink: FeedSink, stop: AbortSignal): Promise<void> {
    this.#sink = sink;
    sink.status({ state: 'live', since: this.#clock.now() });
    let next = this.#ticks.findIndex(({ time }) => time > this.#clock.now());
    return new Promise((resolve) => {
      const step = (): void => {
        if (stop.aborted) return;
        for (
          let tick = this.#ticks[next];
          tick !== undefined && tick.time <= this.#clock.now();
          tick = this.#ticks[next]
        ) {
          this.#sink?.ticks([tick]);
          next += 1;
        }
        this.#clock.after(SECOND_MS, step);
      };
      this.#clock.after(SECOND_MS, step);
      stop.addEventListener('abort', () => {
        this.#sink = undefined;
        sink.status({ state: 'stopped', reason: 'by-user' });
        resolve();
      });
    });
  }
}

/** Park and Miller's minimal standard generator. */
export function seeded(seed: number): () => number {
  let state = seed * 7_919;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
