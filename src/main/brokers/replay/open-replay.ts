import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { AppError } from '../../../core/errors.ts';
import type { Instrument, Segment } from '../../../core/instrument.ts';
import type { Clock, Feed, FeedSink, Logger } from '../../engine/ports.ts';
import type { BrokerSession, Playback } from '../broker-module.ts';
import { PacedClock } from '../paced-clock.ts';
import { play } from '../play.ts';
import { barsTrack } from './bars-track.ts';
import { mergeTracks } from './merge-tracks.ts';
import { pricesTrack } from './prices-track.ts';
import { instrumentOf, keyOfSymbol, type ReplayFile } from './replay-file.ts';
import type { Batch, Track } from './track.ts';

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
  const tracks = options.files.map((file) => openTrack(file, options));
  const instruments = [...new Map(tracks.map(({ instrument }) => [instrument.key, instrument])).values()];
  const start = Math.min(...tracks.map(({ startTime }) => startTime)) as EpochMs;
  const clock = new PacedClock(options.clock, start, options.speed);
  return {
    instruments,
    feed: replayFeed(tracks, clock, options),
    quotes: undefined,
    history: undefined,
    playback: { clock, setSpeed: (speed) => clock.setSpeed(speed) },
  };
}

function openTrack({ name, symbol, file }: ReplayFile, options: ReplayOptions): Track {
  const instrument = instrumentOf(keyOfSymbol(symbol), options.instruments);
  const calendar = options.calendarOf(instrument.segment);
  return file.kind === 'bars' ? barsTrack(file, name, instrument, calendar) : pricesTrack(file, instrument, calendar);
}

function replayFeed(tracks: readonly Track[], clock: PacedClock, options: ReplayOptions): Feed {
  let watched: ReadonlySet<InstrumentKey> = new Set();
  let receive: (batch: Batch) => void = () => {};
  const playlist = mergeTracks(tracks, (batch) => receive(batch));

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
        clock.advanceTo(curtainTime(tracks, clock.now(), options));
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

function curtainTime(tracks: readonly Track[], end: EpochMs, { calendarOf }: ReplayOptions): EpochMs {
  const closes = tracks.map(({ instrument }) => {
    const calendar = calendarOf(instrument.segment);
    // Round the clock, the day's end is nobody's close.
    if (instrument.segment === '24x7') return end;
    return calendar.session(calendar.dateOf(end))?.close ?? end;
  });
  return (Math.max(end, ...closes) + CURTAIN_MS) as EpochMs;
}
