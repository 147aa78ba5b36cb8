import { type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { AppError } from '../../../core/errors.ts';
import type { Segment } from '../../../core/instrument.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import type { Clock, Feed, FeedSink, HistorySource, Logger, QuoteSource } from '../../engine/ports.ts';
import { whileAllTrade } from '../market-hours.ts';
import { aborted } from '../transport/aborted.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Patience } from '../transport/connection.ts';
import { mergeStatuses } from '../transport/merge-status.ts';
import { Meter } from '../transport/meter.ts';
import { supervise } from '../transport/supervisor.ts';
import { WakeBell } from '../transport/wake-bell.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import type { TinvestApi } from './api.ts';
import type { Access } from './credentials.ts';
import { EventDesk } from './event-desk.ts';
import { fillGap } from './fill-gap.ts';
import type { Handshake } from './handshake.ts';
import type { TinvestInstrument } from './instrument-row.ts';
import type { TinvestOptions } from './options.ts';
import { pollPrices } from './poll-prices.ts';
import { createStream, type Stream } from './stream.ts';
import { planStreams, type StreamLimits } from './subscriptions.ts';
import { STREAM_PATIENCE } from './wire.ts';
import { wishesFor } from './wishes.ts';

export interface TinvestFeedParts {
  readonly api: TinvestApi;
  readonly access: Access;
  readonly handshake: Handshake;
  readonly options: TinvestOptions;
  readonly wsUrl: string;
  readonly ca: readonly string[];
  readonly tap: WireTap | undefined;
  readonly instruments: readonly TinvestInstrument[];
  readonly quotes: QuoteSource;
  readonly history: HistorySource;
  readonly limits: StreamLimits;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly patience?: Partial<Patience> | undefined;
  calendarOf(segment: Segment): Calendar;
}

const NO_STREAM = 'The sandbox of T-Invest has no live stream; prices are asked for every two seconds instead.';

/**
 * T-Invest's market data stream, over as few connections as hold what is wanted. One whose token is refused ends them all.
 * In a sandbox without a stream, prices are polled.
 */
export function createTinvestFeed(parts: TinvestFeedParts): Feed {
  const { access, instruments, clock, logger, options } = parts;
  const uids = new Map(instruments.map(({ instrument, uid }) => [instrument.key, uid]));
  const byFigi = new Map(instruments.map(({ figi, uid }) => [figi, uid]));
  const bell = new WakeBell();
  let watched: ReadonlySet<InstrumentKey> = new Set();
  let wantsBooks = false;
  let timeframes: readonly Timeframe[] = [];
  let meters: readonly Meter[] = [];
  let replan = (): void => undefined;

  const stream = async (sink: FeedSink, end: AbortSignal): Promise<boolean> => {
    let isLacking = false;
    const over = new AbortController();
    const either = AbortSignal.any([end, over.signal]);
    const report = mergeStatuses((status) => {
      if (!isLacking) sink.status(status);
    });
    const desk = new EventDesk({
      ...parts,
      sink,
      waitingClose: options.waitingClose,
      isWatched: (key) => watched.has(key),
      wantsBooks: () => wantsBooks,
      wantsCandles: () => timeframes.length > 0,
    });
    const isMarketOpen = whileAllTrade(instruments, parts.calendarOf);
    const streams: Stream[] = [];
    const running: Promise<void>[] = [];
    const room = new Map<number, number>();
    const refused = new Map<number, Set<string>>();

    const start = (place: number): Stream => {
      const meter = new Meter(`stream ${place + 1}`, clock);
      meters = [...meters, meter];
      const added = createStream({
        ...parts,
        name: `stream ${place + 1}`,
        sink,
        meter,
        waitingClose: options.waitingClose,
        mayLackStream: options.isSandbox,
        take: (message) => desk.take(message),
        uidOf: (figi) => byFigi.get(figi),
        isDue: (carried, now) => isMarketOpen(now) && desk.isOpen(carried),
        full(id, active) {
          room.set(place, active);
          refused.set(place, (refused.get(place) ?? new Set()).add(id));
          replan();
        },
        reopened(wishes) {
          const carried = [...wishes.values()].filter(({ kind }) => kind === 'trades').map(({ uid }) => uid);
          running.push(fillGap({ ...parts, desk }, carried, either));
        },
        noStream() {
          isLacking = true;
        },
        status: (status) => report(place, status),
      });
      streams.push(added);
      const patience = { ...STREAM_PATIENCE, ...parts.patience };
      const dropped = (messages: number): void => sink.dropped(messages);
      running.push(
        supervise(added.link, { ...parts, patience, meter, bell, onDropped: dropped }, either).then(() => over.abort()),
      );
      return added;
    };
    replan = () => {
      const wanted = wishesFor([...watched], uids, { books: wantsBooks ? options.bookDepth : undefined, timeframes });
      const current = streams.map(
        (each, place) => new Map([...each.wanted].filter(([id]) => !refused.get(place)?.has(id))),
      );
      const { streams: shares, left } = planStreams(current, wanted, { ...parts.limits, room });
      if (left > 0) sink.rejected('too-many-subscriptions', `${left} have no room`);
      for (const [place, share] of shares.entries()) (streams[place] ?? start(place)).want(share);
    };

    meters = [];
    let cancelLook = (): void => undefined;
    const look = (): void => {
      desk.closeCandles();
      cancelLook = clock.after(SECOND_MS, look);
    };
    look();
    replan();
    await aborted(either);
    cancelLook();
    replan = () => undefined;
    await Promise.all(running);
    return !isLacking;
  };

  const poll = async (sink: FeedSink, stop: AbortSignal): Promise<void> => {
    logger.warn(NO_STREAM);
    sink.status({ state: 'waiting', retryAt: clock.now(), reason: NO_STREAM });
    const meter = new Meter('polling, for want of a stream', clock);
    meters = [meter];
    await pollPrices({ ...parts, sink, meter, watched: () => [...watched] }, stop);
    meter.status('stopped');
    const { reason } = stop;
    const isExpired = reason instanceof AppError && reason.code === 'auth-expired';
    if (isExpired) sink.status({ state: 'stopped', reason: 'auth-expired', message: reason.message });
    else sink.status({ state: 'stopped', reason: 'by-user' });
  };

  return {
    watch(keys) {
      watched = keys;
      replan();
    },
    books(areWanted) {
      wantsBooks = areWanted;
      replan();
    },
    candles(wanted) {
      timeframes = wanted;
      replan();
    },
    wake: () => bell.ring(),
    connections: () => meters.map(({ metrics }) => metrics),
    async run(sink, stop) {
      const end = AbortSignal.any([stop, access.ended]);
      const isOver = await stream(sink, end);
      if (!isOver && !end.aborted) await poll(sink, end);
    },
  };
}
