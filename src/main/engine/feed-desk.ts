import type { Settings } from '../../contract/settings.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import { MINUTE_MS } from '../../core/brand.ts';
import { ROUND_THE_CLOCK } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { PollingFeed } from './polling-feed.ts';
import type { BrokerSession, Clock, Feed, FeedSink } from './ports.ts';
import type { Track } from './track.ts';

export interface FeedDeskParts {
  readonly session: BrokerSession;
  /** The market's clock. */
  readonly clock: Clock;
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  readonly sink: FeedSink;
  settings(): Settings;
  /** Timeframe of the running rule: how often polling asks for history. */
  barTimeframe(): Timeframe;
  onStatus(status: FeedStatus, before: FeedStatus): void;
  onTrouble(error: AppError): void;
}

/** Runs one feed at a time: the venue's own, or one made of its quotes and history. */
export class FeedDesk {
  readonly #parts: FeedDeskParts;
  #status: FeedStatus = { state: 'idle' };
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #streaming = true;
  #feed: Feed | undefined;

  constructor(parts: FeedDeskParts) {
    this.#parts = parts;
  }

  get status(): FeedStatus {
    return this.#status;
  }

  get isStreaming(): boolean {
    return this.#streaming;
  }

  start(): void {
    const { session, sink, tracks, onTrouble } = this.#parts;
    const polling = this.#parts.settings().feed.mode === 'polling';
    this.#streaming = !(polling && session.quotes !== undefined && session.history !== undefined);
    const feed = this.#streaming ? session.feed : this.#pollingFeed();
    for (const track of tracks.values()) track.forgetVolume();
    feed.watch(new Set(tracks.keys()));
    this.#feed = feed;
    this.followBooks();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const running = [feed.run(sink, signal)];
    // A market of our own making stands still unless somebody plays it: its own feed does, polling does not.
    if (!this.#streaming && session.playback?.run !== undefined) running.push(session.playback.run(signal));
    this.#running = Promise.all(running).then(
      () => undefined,
      (thrown: unknown) => {
        const error = AppError.from(thrown);
        onTrouble(error);
        this.onStatus({ state: 'stopped', reason: 'failed', message: error.message });
      },
    );
  }

  /** Asks the venue for order books, or to leave them out, as the settings say now. */
  followBooks(): void {
    this.#feed?.books?.(this.#parts.settings().recording.books);
  }

  /** Ends the feed and begins again, with what the settings say now. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  finished(): Promise<void> {
    return this.#running;
  }

  onStatus(status: FeedStatus): void {
    const before = this.#status;
    this.#status = status;
    this.#parts.onStatus(status, before);
  }

  #pollingFeed(): Feed {
    const { session, clock, tracks, settings, barTimeframe } = this.#parts;
    if (session.quotes === undefined || session.history === undefined)
      throw new AppError('not-supported', 'This feed can only stream. Choose Streaming, or another feed.');
    const timeframe = barTimeframe();
    return new PollingFeed({
      quotes: session.quotes,
      history: session.history,
      clock,
      pauseSeconds: settings().feed.pollSeconds,
      barMs: isIntraday(timeframe) ? Math.max(INTRADAY_MS[timeframe], MINUTE_MS) : INTRADAY_MS['1h'],
      calendarOf: (instrument) => tracks.get(instrument)?.calendar ?? ROUND_THE_CLOCK,
      knownThrough: (instrument, open) => tracks.get(instrument)?.coverage.knownThrough(open) ?? open,
      isWarm: (instrument) => tracks.get(instrument)?.rule !== undefined,
    });
  }
}
