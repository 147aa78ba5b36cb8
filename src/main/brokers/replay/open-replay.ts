import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { AppError } from '../../../core/errors.ts';
import type { Instrument, Segment } from '../../../core/instrument.ts';
import type { Clock, Feed, FeedSink, Logger } from '../../engine/ports.ts';
import type { BrokerSession, Playback } from '../broker-module.ts';
import { PacedClock } from '../paced-clock.ts';
import { play } from '../play.ts';
import { barsReel } from './bars-reel.ts';
import { leapNights } from './leap-nights.ts';
import { mergeReels } from './merge-reels.ts';
import { pricesReel } from './prices-reel.ts';
import type { Batch, Reel } from './reel.ts';
import { instrumentOf, keyOfSymbol, type ReplayFile } from './replay-file.ts';

/** After the last row the clock runs on to the end of the session and this much beyond, so that all bars close. */
const CURTAIN_MS = MINUTE_MS;

export interface ReplayOptions {
  readonly files: readonly ReplayFile[];
  /** Market seconds a second of ours lasts; 0 is as fast as it goes. */
  readonly speed: number;
  /** Wall-clock time. */
  readonly clock: Clock;
  /** Instruments whose facts are known; others are made up from the file's name. */
  readonly instruments: readonly Instrument[];
  calendarOf(segment: Segment): Calendar;
  readonly logger: Pick<Logger, 'error'>;
}

/** Always with a clock of its own. */
export interface ReplaySession extends BrokerSession {
  readonly playback: Playback;
}

/**
 * A market that was recorded, played again on a clock of its own. A second `run` goes on where the first was
 * stopped. Throws an AppError when there is no file, or bars of a length we do not have.
 */
export function openReplay(options: ReplayOptions): ReplaySession {
  if (options.files.length === 0) {
    throw new AppError(
      'invalid-input',
      'There is no file to replay. Open Settings, Feed, and choose one or more CSV files of bars, seconds or ticks.',
    );
  }
  const reels = options.files.map((file) => openReel(file, options));
  const instruments = [...new Map(reels.map(({ instrument }) => [instrument.key, instrument])).values()];
  const start = Math.min(...reels.map(({ startTime }) => startTime)) as EpochMs;
  const clock = new PacedClock(options.clock, start, options.speed);
  return {
    instruments,
    feed: replayFeed(reels, clock, options),
    quotes: undefined,
    history: undefined,
    playback: { clock, setSpeed: (speed) => clock.setSpeed(speed) },
  };
}

function openReel({ name, symbol, file }: ReplayFile, options: ReplayOptions): Reel {
  const instrument = instrumentOf(keyOfSymbol(symbol), options.instruments);
  const calendar = options.calendarOf(instrument.segment);
  return file.kind === 'bars' ? barsReel(file, name, instrument, calendar) : pricesReel(file, instrument, calendar);
}

function replayFeed(reels: readonly Reel[], clock: PacedClock, options: ReplayOptions): Feed {
  let watched: ReadonlySet<InstrumentKey> = new Set();
  let receive: (batch: Batch) => void = () => {};
  const playlist = leapNights(
    mergeReels(reels, (batch) => receive(batch)),
    clock,
  );

  return {
    watch(instruments) {
      watched = new Set(instruments);
    },
    async run(sink, stop) {
      receive = (batch) => hand(batch, watched, sink);
      sink.status({ state: 'live', since: clock.now() });
      try {
        await play(playlist, clock, options.clock, stop);
        if (stop.aborted) return sink.status({ state: 'stopped', reason: 'by-user' });
        const end = clock.now();
        // The last row tells its whole second, and nothing after it.
        clock.advanceTo((end + SECOND_MS) as EpochMs);
        sink.heard(0);
        clock.advanceTo(curtainTime(reels, end, options));
        sink.status({ state: 'finished' });
      } catch (thrown) {
        const error = AppError.from(thrown);
        options.logger.error(error);
        sink.status({ state: 'stopped', reason: 'failed', message: error.message });
      }
    },
  };
}

function hand({ bars, ticks }: Batch, watched: ReadonlySet<InstrumentKey>, sink: FeedSink): void {
  const wantedBars = bars.filter(({ instrument }) => watched.has(instrument));
  const wantedTicks = ticks.filter(({ instrument }) => watched.has(instrument));
  if (wantedBars.length + wantedTicks.length > 0) sink.heard(0);
  if (wantedBars.length > 0) sink.bars(wantedBars, 'history');
  if (wantedTicks.length > 0) sink.ticks(wantedTicks);
}

function curtainTime(reels: readonly Reel[], end: EpochMs, { calendarOf }: ReplayOptions): EpochMs {
  const closes = reels.map(({ instrument }) => {
    const calendar = calendarOf(instrument.segment);
    // Round the clock, the day's end is nobody's close.
    if (instrument.segment === '24x7') return end;
    return calendar.session(calendar.dateOf(end))?.close ?? end;
  });
  return (Math.max(end, ...closes) + CURTAIN_MS) as EpochMs;
}
