import type { ConnectionMetrics } from '../../contract/connection.ts';
import type { RunningMode, Settings } from '../../contract/settings.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import { MINUTE_MS } from '../../core/brand.ts';
import { ROUND_THE_CLOCK } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { CHECKED_TIMEFRAME } from './bar-check.ts';
import { PollingFeed } from './polling-feed.ts';
import type { BrokerSession, Clock, Feed, FeedSink } from './ports.ts';
import type { Track } from './track.ts';

export interface FeedDeskParts {
  readonly session: BrokerSession;
  /** What streams: the session's own feed, or a pair of it and a second venue's. */
  readonly stream: Feed;
  /** The market's clock. */
  readonly clock: Clock;
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  readonly sink: FeedSink;
  settings(): Settings;
  /** The mode that should run. */
  mode(): RunningMode;
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
  #mode: RunningMode = 'streaming';
  /** Ends and beginnings happen one after another: never do two feeds run. */
  #queue: Promise<void> = Promise.resolve();
  #feed: Feed | undefined;
  #isOver = false;
  #hasBegun = false;
  /** Who had it end. */
  #halt: 'hand' | 'rest' | undefined;

  constructor(parts: FeedDeskParts) {
    this.#parts = parts;
  }

  get status(): FeedStatus {
    return this.#status;
  }

  get isStreaming(): boolean {
    return this.#streaming;
  }

  /** The mode it was begun in, which a venue that can only stream does not follow. */
  get mode(): RunningMode {
    return this.#mode;
  }

  /** It was told to end, and waits to be begun anew. */
  get isHalted(): boolean {
    return this.#halt !== undefined;
  }

  /** Nobody looks: it waits to be resumed. */
  get isResting(): boolean {
    return this.#halt === 'rest';
  }

  start(): void {
    this.#hasBegun = true;
    this.#halt = undefined;
    const { session, stream, sink, tracks, onTrouble } = this.#parts;
    this.#mode = this.#parts.mode();
    const canPoll = session.quotes !== undefined && session.history !== undefined;
    this.#streaming = this.#mode === 'streaming' || !canPoll;
    const feed = this.#streaming ? stream : this.#pollingFeed();
    for (const track of tracks.values()) track.forgetVolume();
    feed.watch(new Set(tracks.keys()));
    feed.candles?.([CHECKED_TIMEFRAME]);
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

  /** Ends the feed and begins again, with what the settings say now. One that was never begun is begun by `start`. */
  restart(): Promise<void> {
    return this.#next(() => this.#beginAnew());
  }

  /** Ends the feed until it is begun anew. */
  stop(): Promise<void> {
    return this.#next(async () => {
      this.#halt = 'hand';
      await this.#end();
    });
  }

  /** Ends the feed until it is resumed or begun anew; the status says why. One that was stopped by hand stays so. */
  rest(message: string): Promise<void> {
    return this.#next(async () => {
      if (this.#halt !== undefined || !this.#hasBegun || this.#isOver) return;
      this.#halt = 'rest';
      await this.#end();
      this.onStatus({ state: 'stopped', reason: 'by-user', message });
    });
  }

  /** Begins the feed again if it rests. */
  resume(): Promise<void> {
    return this.#next(async () => {
      if (this.#halt === 'rest') await this.#beginAnew();
    });
  }

  /** Ends the feed for good. */
  close(): Promise<void> {
    this.#isOver = true;
    return this.stop();
  }

  /** The computer slept, or its network changed. */
  wake(): void {
    this.#feed?.wake?.();
  }

  connections(): readonly ConnectionMetrics[] {
    return this.#feed?.connections?.() ?? [];
  }

  #next(task: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(task);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #beginAnew(): Promise<void> {
    await this.#end();
    if (this.#hasBegun && !this.#isOver) this.start();
  }

  async #end(): Promise<void> {
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
    return new PollingFeed({
      quotes: session.quotes,
      history: session.history,
      clock,
      pauseSeconds: settings().feed.pollSeconds,
      barMs() {
        const timeframe = barTimeframe();
        return isIntraday(timeframe) ? Math.max(INTRADAY_MS[timeframe], MINUTE_MS) : INTRADAY_MS['1h'];
      },
      calendarOf: (instrument) => tracks.get(instrument)?.calendar ?? ROUND_THE_CLOCK,
      knownThrough: (instrument, open) => tracks.get(instrument)?.coverage.knownThrough(open) ?? open,
      isWarm: (instrument) => (tracks.get(instrument)?.lanes.size ?? 0) > 0,
    });
  }
}
