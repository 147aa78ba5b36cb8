import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import { type Calendar, isTrading } from '../../../core/calendar.ts';
import type { Instrument, Segment } from '../../../core/instrument.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import type { Clock, Feed, FeedSink, Logger } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import { Meter } from '../transport/meter.ts';
import type { Patience } from '../transport/patience.ts';
import { supervise } from '../transport/supervisor.ts';
import { WakeBell } from '../transport/wake-bell.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import type { Room } from './client-frames.ts';
import type { FcsCredentials } from './credentials.ts';
import { createLine, type Line } from './line.ts';
import { MinuteTicks } from './minute-ticks.ts';
import type { FcsOptions } from './options.ts';
import { FCS_PATIENCE } from './patience.ts';
import { candleOf } from './place-bar.ts';
import { type CandleMessage, RunningCandles } from './running-candles.ts';
import { fcsTimeframe } from './timeframes.ts';

export interface FcsFeedParts {
  /** Asked at each start. */
  credentials(): FcsCredentials;
  readonly wsUrl: string;
  readonly instruments: readonly Instrument[];
  readonly options: FcsOptions;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly tap: WireTap | undefined;
  readonly patience?: Partial<Patience> | undefined;
  calendarOf(segment: Segment): Calendar;
}

/** What the venue's candle of the day shows is news for the screen; anything further ahead is no clock that runs fast. */
const FURTHEST_AHEAD_MS = DAY_MS;

/**
 * FCS's live candles over one socket. Of every symbol the minute's candle is joined, and ticks are made of it; beside
 * it the day's, for the screen, and the candles that somebody wants to see.
 */
export function createFcsFeed(parts: FcsFeedParts): Feed {
  const { clock, options, calendarOf } = parts;
  const known = new Map(parts.instruments.map((instrument) => [instrument.key, instrument]));
  const bell = new WakeBell();
  // They outlive a connection: what was told of a minute is not told again after a reconnect.
  const minutes = new Map(parts.instruments.map(({ key }) => [key, new MinuteTicks(key)]));
  const running = new RunningCandles();
  let wanted: readonly InstrumentKey[] = [];
  let frames: ReadonlySet<Timeframe> = new Set();
  let line: Line | undefined;
  let meter: Meter | undefined;
  let tellLeftOut = (_count: number): void => undefined;

  const joinWanted = (): void => {
    const carried = wanted.slice(0, options.mostSymbols);
    if (carried.length < wanted.length) tellLeftOut(wanted.length - carried.length);
    line?.want(roomsFor(carried, frames, options.dayCandles));
  };

  /** Nobody knows what happened since it was last heard of. */
  const beginAnew = (key: InstrumentKey): void => {
    minutes.get(key)?.joined();
    running.forget(key);
  };

  return {
    watch(instruments) {
      const before = new Set(wanted);
      wanted = [...instruments].filter((key) => known.has(key));
      for (const key of wanted) if (!before.has(key)) beginAnew(key);
      joinWanted();
    },
    candles(timeframes) {
      frames = new Set(timeframes);
      joinWanted();
    },
    wake: () => bell.ring(),
    connections: () => (meter === undefined ? [] : [meter.metrics]),
    async run(sink, stop) {
      meter = new Meter('prices', clock);
      const { accessKey } = parts.credentials();
      tellLeftOut = (count) => sink.rejected('too-many-instruments', `${count} instruments have no room`);
      line = createLine({
        ...parts,
        accessKey,
        meter,
        status: (status) => sink.status(status),
        heard: (bytes) => sink.heard(bytes),
        rejected: (reason, detail) => sink.rejected(reason, detail),
        priced: (message) => tell(message, sink, meter),
        joining() {
          for (const key of wanted) beginAnew(key);
        },
        isMarketOpen: (now) => isAnyOpen(wanted, now),
      });
      joinWanted();
      const patience = { ...FCS_PATIENCE, ...parts.patience };
      const onDropped = (messages: number): void => sink.dropped(messages);
      await supervise(line.link, { ...parts, patience, meter, bell, onDropped }, stop);
      line = undefined;
    },
  };

  function tell(message: CandleMessage, sink: FeedSink, counter: Meter | undefined): boolean {
    const reject = (reason: string, detail: string): void => {
      counter?.error();
      sink.rejected(reason, detail);
    };
    const now = clock.now();
    const key = message.symbol as InstrumentKey; // Only rooms of known instruments are joined.
    const instrument = known.get(key);
    const ticks = minutes.get(key);
    if (instrument === undefined || ticks === undefined) return false;
    const { timeframe } = message.timeframe;
    if (message.kind !== 'askbid' && message.bar.openTime > now + FURTHEST_AHEAD_MS) {
      reject('bad-time', `${key} at ${message.bar.openTime}`);
      return false;
    }
    const news = running.take(message);
    if (frames.has(timeframe))
      for (const { bar, closed } of news)
        sink.candle(candleOf(bar, key, timeframe, calendarOf(instrument.segment)), closed);
    if (timeframe === '1m') {
      const { ticks: trades, quotes, reject: refused } = ticks.take(message, now);
      if (refused !== undefined) reject(refused.reject, refused.detail);
      if (quotes.length > 0) sink.quotes(quotes);
      if (trades.length > 0) sink.ticks(trades);
    } else if (timeframe === '1d' && message.kind !== 'askbid')
      sink.quotes([dayQuote(message, key, ticks.newestTime, now)]);
    return true;
  }

  /** Whether one of them trades: then prices should be coming in. */
  function isAnyOpen(keys: readonly InstrumentKey[], now: EpochMs): boolean {
    const segments = new Set(keys.map((key) => known.get(key)?.segment).filter((segment) => segment !== undefined));
    return [...segments].some((segment) => {
      const calendar = calendarOf(segment);
      const session = calendar.session(calendar.dateOf(now));
      return session !== undefined && isTrading(session, now);
    });
  }
}

/** The minutes of all symbols first: they are what bars are made of. */
function roomsFor(
  keys: readonly InstrumentKey[],
  frames: ReadonlySet<Timeframe>,
  dayCandles: boolean,
): readonly Room[] {
  const timeframes = new Set<Timeframe>(['1m', ...(dayCandles ? (['1d'] as const) : []), ...frames]);
  return [...timeframes]
    .map((timeframe) => fcsTimeframe(timeframe)?.room)
    .filter((room) => room !== undefined)
    .flatMap((timeframe) => keys.map((symbol) => ({ symbol, timeframe })));
}

/** Where the day stands. Stamped like the newest tick, so that neither is older than the other. */
function dayQuote(
  message: Exclude<CandleMessage, { readonly kind: 'askbid' }>,
  instrument: InstrumentKey,
  newest: EpochMs | undefined,
  now: EpochMs,
): Tick {
  const { openTime, open, high, low, close, volume } = message.bar;
  return {
    instrument,
    ltp: close,
    dayVolume: volume,
    dayOpen: open,
    dayHigh: high,
    dayLow: low,
    time: newest ?? (Math.min(now, openTime + DAY_MS - 1) as EpochMs),
    receivedAt: now,
  };
}
