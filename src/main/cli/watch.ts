import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { Tick } from '../../core/tick.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import { BROKERS } from '../brokers/registry.ts';
import type { BrokerSession, FeedSink } from '../engine/ports.ts';
import { prepareDataDir } from '../platform/paths.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { secondsOf, venueNamed } from './live-options.ts';
import { type PrintedLines, printedLines } from './printed-lines.ts';
import { listenForStop } from './until-stopped.ts';
import { openVenue, openVenueDesk, type VenueDesk } from './venue-desk.ts';
import { instrumentsNamed, symbolExamples } from './venue-symbols.ts';
import { watchCandles } from './watch-candles.ts';
import { candleLine, depthLine, orderLine, statusLine, tickLine } from './watch-lines.ts';

const USAGE = 'watch --venue ID --symbols A,B [--timeframe TF] [--seconds N] [--data DIR]';

/** A bar is closed this much after its end when no later tick has come. */
const SETTLE_MS = 2 * SECOND_MS;

export const watchCommand: CliCommand = watchCommandOf(BROKERS);

/** The same for a list of brokers. */
export function watchCommandOf(brokers: readonly BrokerModule[]): CliCommand {
  return {
    name: 'watch',
    usage: USAGE,
    help: `Usage: ${USAGE}

Opens a venue's live feed and prints what it tells, one JSON object a line, until Ctrl-C:
  {"kind": "status", venue, state, …}         connecting, live, stale, waiting, stopped, finished
  {"kind": "tick", symbol, price, size, side, bid, ask, dayVolume, time, receivedAt, …}
  {"kind": "quote", …}                        a price looked at, not traded; fields as above
  {"kind": "candle", source, symbol, timeframe, openTime, open, high, low, close, volume, closed}
                                              source: "ticks" is ours, "venue" is one the venue streams
  {"kind": "depth", symbol, bids, asks, time, receivedAt}
  {"kind": "order", …}                        an order of the account moved
  {"kind": "reject", reason, detail}          something of the venue's that makes no sense
Times are milliseconds since 1970; what is not known is left out. Nothing is stored.

  --venue ID      ${brokers.map(({ manifest }) => manifest.id).join(', ')}
  --symbols A,B   ${symbolExamples(brokers)}
  --timeframe TF  of the candles: ${TIMEFRAMES.join(' ')} (default 1m)
  --seconds N     end after so many
  --data DIR      the data folder; otherwise TICKSCOPE_DATA_DIR or the system's usual place. Its vault.json has the
                  credentials, unless TICKSCOPE_<VENUE>_<FIELD> give them; its settings choose options of the venue`,

    async run(args, io) {
      const { values } = readArgs(USAGE, {
        args: [...args],
        options: {
          venue: { type: 'string' },
          symbols: { type: 'string' },
          timeframe: { type: 'string', default: '1m' },
          seconds: { type: 'string' },
          data: { type: 'string' },
        },
      });
      const broker = venueNamed(brokers, values.venue, USAGE);
      const { timeframe } = values;
      if (!isTimeframe(timeframe))
        throw new UsageError(`There is no timeframe "${timeframe}". Known: ${TIMEFRAMES.join(' ')}.`);
      const seconds = secondsOf(values.seconds);
      if (values.symbols === undefined) throw new UsageError(`Say what to watch with --symbols. Usage: ${USAGE}`);

      const desk = openVenueDesk(values, io);
      const instruments = instrumentsNamed(values.symbols, broker.manifest, desk.market.instruments);
      const stopping = listenForStop(io.env);
      const over = new AbortController();
      const stop = AbortSignal.any([stopping.signal, over.signal]);
      const lines = printedLines(io.out, () => over.abort());
      let cancel = (): void => undefined;
      try {
        const { cache: cacheDir } = prepareDataDir(desk.dir);
        const session = await openVenue({ broker, instruments, cacheDir }, desk, stop);
        const watched = wantedOf(session, instruments);
        const missing = instruments.filter(({ key }) => !watched.has(key)).map(({ key }) => key);
        if (missing.length > 0) io.talk.write(`${broker.manifest.label} does not have ${missing.join(', ')}.\n`);
        if (watched.size === 0)
          throw new AppError('not-found', 'Nothing is left to watch. Check the names after --symbols.');
        if (seconds !== undefined) cancel = desk.clock.after(seconds * SECOND_MS, () => over.abort());
        await runFeed({ session, watched, venue: broker.manifest.id, timeframe, lines, desk }, stop);
        await lines.flush();
        if (lines.dropped > 0) io.talk.write(`${lines.dropped} lines were left out: the reader was too slow.\n`);
        return 0;
      } catch (thrown) {
        // Stopped while it was still opening: nothing failed.
        if (stopping.signal.aborted && thrown === stop.reason) return 0;
        throw thrown;
      } finally {
        cancel();
        stopping.release();
      }
    },
  };
}

/** What was asked for, of what the venue has: a replay has what its files hold, asked for or not. */
function wantedOf(session: BrokerSession, asked: readonly Instrument[]): ReadonlySet<InstrumentKey> {
  const keys = new Set(asked.map(({ key }) => key));
  return new Set(session.instruments.flatMap(({ key }) => (keys.has(key) ? [key] : [])));
}

interface Run {
  readonly session: BrokerSession;
  readonly watched: ReadonlySet<InstrumentKey>;
  readonly venue: string;
  readonly timeframe: Timeframe;
  readonly lines: PrintedLines;
  readonly desk: VenueDesk;
}

async function runFeed({ session, watched, venue, timeframe, lines, desk }: Run, stop: AbortSignal): Promise<void> {
  const { feed, playback, instruments } = session;
  const segments = new Map(instruments.map(({ key, segment }) => [key, segment]));
  const candles = watchCandles(timeframe, (key) => desk.market.calendarOf(segments.get(key) ?? '24x7'));
  const clock = playback?.clock ?? desk.clock;
  const tell = (kind: 'tick' | 'quote', ticks: readonly Tick[]): void => {
    for (const tick of ticks) {
      lines.print(tickLine(kind, tick));
      const depth = depthLine(tick);
      if (depth !== undefined) lines.print(depth);
    }
  };
  const sink: FeedSink = {
    ticks(ticks) {
      tell('tick', ticks);
      for (const { candle, closed } of candles.take(ticks)) lines.print(candleLine('ticks', candle, closed));
    },
    quotes: (ticks) => tell('quote', ticks),
    bars(bars, provenance) {
      for (const bar of bars) lines.print({ ...candleLine('venue', bar, true), provenance });
    },
    candle: (candle, closed) => lines.print(candleLine('venue', candle, closed)),
    status: (status) => lines.print(statusLine(venue, status)),
    rejected: (reason, detail) => lines.print({ kind: 'reject', reason, detail }),
    order: (update) => lines.print(orderLine(update)),
    progress() {},
    heard() {},
    dropped: (messages) => lines.print({ kind: 'dropped', messages }),
  };
  let cancel = (): void => undefined;
  const closeQuiet = (): void => {
    const ended = (clock.now() - SETTLE_MS) as EpochMs;
    for (const { candle, closed } of candles.closeThrough(ended)) lines.print(candleLine('ticks', candle, closed));
    cancel = clock.after(SECOND_MS, closeQuiet);
  };
  feed.watch(watched);
  feed.books?.(true);
  feed.candles?.([timeframe]);
  closeQuiet();
  try {
    await feed.run(sink, stop);
  } finally {
    cancel();
  }
}
