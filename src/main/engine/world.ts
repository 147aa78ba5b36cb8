import type { Ledger } from '../../contract/coverage.ts';
import type { MarketState, Snapshot } from '../../contract/events.ts';
import type { Settings } from '../../contract/settings.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { Quote } from '../../core/quote.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { ChartDesk } from './chart-desk.ts';
import { createDesks, type Desks } from './desks.ts';
import { exportSource } from './export-source.ts';
import { FeedControl, speedOf } from './feed-control.ts';
import { marketStateAt } from './market-state.ts';
import { Pulse } from './pulse.ts';
import { RuleControl } from './rule-control.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { Track } from './track.ts';
import type { WorldParts } from './world-parts.ts';

/** Name of the document that keeps the market time a simulated world has come to. */
export const MARKET_CLOCK = 'market-clock';

/** One opened broker with its clock, its store and everything between: the engine minus its doors. */
export class World {
  readonly feed: FeedControl;
  readonly rules: RuleControl;
  readonly #parts: WorldParts;
  readonly #stop = new AbortController();
  readonly #desks: Desks;
  readonly #pulse: Pulse;
  #closed = false;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const stop = this.#stop.signal;
    this.#desks = createDesks(parts, {
      stop,
      rules: () => this.rules.desk,
      feed: () => this.feed.state,
      onStatus: (status, before) => this.#follow(status, before),
      onModeBoundary: () => this.feed.followMode(),
      onStandby: () => this.feed.follow(),
      onFilled: (track) => this.#filled(track),
    });
    this.feed = new FeedControl(parts, this.#desks, stop);
    this.rules = new RuleControl(parts, this.#desks);
    this.#pulse = new Pulse({
      wall: parts.wall,
      stop,
      market: () => this.#market(),
      onBeat: () => {
        this.#desks.days?.beat();
        parts.publisher.publish({ type: 'stats', stats: this.#report() });
      },
      onLeap: () => {
        this.#desks.leap();
        this.feed.wake();
      },
      onMarket: (market) => parts.publisher.publish({ type: 'market', market }),
      onSave: () => this.#saveClock(),
      onTrouble: parts.onTrouble,
    });
    this.#record(parts.settings());
  }

  /** What follows when a rule fired. */
  get telling(): Desks['telling'] {
    return this.#desks.telling;
  }

  get charts(): ChartDesk {
    return this.#desks.charts;
  }

  get stats(): StatsDesk {
    return this.#desks.stats;
  }

  /** Brings what waits in memory to the disk, for those who read it there. */
  flush(): void {
    this.#desks.journal.flush();
  }

  /** The computer slept, or its network changed. */
  wake(): void {
    this.feed.wake();
    this.#desks.telling.deliveries.refresh();
  }

  /** What is watched, and the exchange's time. */
  market(): { readonly instruments: readonly Instrument[]; readonly time: EpochMs } {
    const { tracks, exchangeClock } = this.#desks;
    return { instruments: [...tracks.values()].map(({ instrument }) => instrument), time: exchangeClock.now() };
  }

  /** Now, by the market's clock. */
  get marketTime(): EpochMs {
    return this.#desks.clock.now();
  }

  /** Warms the lanes and starts the feed. Resolves once prices may come; history may still be on its way. */
  async start(): Promise<void> {
    await this.#warmUp();
    if (this.#stop.signal.aborted) return;
    await this.#desks.telling.start();
    this.feed.start();
    this.#pulse.beat();
    this.#desks.upkeep.start();
    void this.#desks.pastTrades?.run(this.#desks.tracks.values());
  }

  /** Follows a change of settings that needs no other world. */
  async apply(now: Settings, before: Settings): Promise<void> {
    const speed = speedOf(this.#parts, now);
    if (speed !== speedOf(this.#parts, before))
      this.#parts.session.playback?.setSpeed(speed === 0 ? Number.POSITIVE_INFINITY : speed);
    this.#record(now);
    await this.rules.follow();
    this.#desks.telling.orders.publish();
    await this.feed.apply(now, before);
  }

  snapshot(): Pick<
    Snapshot,
    | 'instruments'
    | 'quotes'
    | 'sparklines'
    | 'formingSignals'
    | 'feed'
    | 'market'
    | 'scan'
    | 'orders'
    | 'mutes'
    | 'stats'
    | 'progress'
  > {
    const tracks = [...this.#desks.tracks.values()];
    return {
      instruments: tracks.map(({ instrument }) => instrument),
      quotes: tracks.flatMap((track) => quoteOf(track) ?? []),
      sparklines: Object.fromEntries(tracks.map(({ instrument, board }) => [instrument.key, board.sparkline])),
      formingSignals: this.#desks.forming.signals,
      feed: this.feed.state,
      market: this.#market(),
      scan: this.rules.desk.scan,
      orders: this.#desks.telling.orders.state(),
      mutes: this.#desks.telling.mutes.mutes,
      stats: this.#report(),
      progress: this.#parts.publisher.progress,
    };
  }

  /** Ends feed and journal, in that order. The store stays open for whoever owns it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop.abort();
    const { repair, feed, modes, focus, pipeline, revisions, journal, telling } = this.#desks;
    repair?.stop();
    modes.stop();
    focus.stop();
    await feed.close();
    pipeline.stop();
    revisions.flush();
    journal.flush();
    telling.stop();
    try {
      this.#saveClock();
    } catch (thrown) {
      // A simulated market that begins a little earlier next time is no reason not to end in good order.
      this.#parts.onTrouble(AppError.from(thrown));
    }
  }

  /** What is known of a date, or of the newest session, and what is missing. */
  ledger(date: TradingDate | null): Ledger {
    return this.#desks.ledger.load(date);
  }

  /** Where bars to be written to a file come from. Throws an AppError for an instrument it does not have. */
  barsFor(instrument: InstrumentKey, timeframe: Timeframe): ReturnType<typeof exportSource> {
    const { archive, charts } = this.#desks;
    return exportSource(charts.track(instrument), timeframe, archive, this.#parts.store);
  }

  /** Resolves when the feed has come to its end (a replay's last row, a stop). */
  finished(): Promise<void> {
    return this.#desks.feed.finished();
  }

  #warmUp(): Promise<void> {
    return this.#desks.warmUp.run([...this.#desks.tracks.values()]);
  }

  #filled(track: Track): void {
    this.rules.desk.catchUp(track);
    this.#parts.publisher.publish({ type: 'candles-revised', instrument: track.instrument.key });
  }

  #follow(status: FeedStatus, before: FeedStatus): void {
    const { stats, coverage, feed, pipeline, revisions, journal, clock } = this.#desks;
    if (before.state === 'waiting' && status.state !== 'waiting') stats.reconnected();
    // The last bars are closed, and claimed, while the feed still counts as telling.
    if (status.state === 'finished') pipeline.seal(clock.now());
    coverage.follow(status, feed.isStreaming);
    if (status.state === 'finished') {
      revisions.flush();
      journal.flush();
    }
    this.feed.follow();
  }

  #record({ recording }: Settings): void {
    const { pipeline, feed, tracks } = this.#desks;
    pipeline.recordTicks = recording.ticks;
    pipeline.recordBooks = recording.books;
    feed.followBooks();
    for (const track of tracks.values()) track.recordSeconds(recording.seconds);
  }

  #saveClock(): void {
    const { session, manifest, store } = this.#parts;
    if (session.playback === undefined || manifest.world !== 'simulated') return;
    store.writeDocument(MARKET_CLOCK, { time: this.marketTime });
  }

  #report(): Snapshot['stats'] {
    const { stats, feed } = this.#desks;
    return stats.report(this.marketTime, this.#parts.store.sizeBytes(), feed.connections());
  }

  #market(): MarketState {
    const { session, manifest, calendarOf } = this.#parts;
    const stock = session.instruments.find(({ segment }) => segment !== 'nse-index');
    const market = marketStateAt(calendarOf(stock?.segment ?? 'nse-cas'), this.marketTime);
    // What the calendar does not know matters where the market is real.
    return manifest.world === 'market' ? market : { ...market, warning: undefined };
  }
}

function quoteOf(track: Track): Quote | undefined {
  const { ltp } = track.board;
  return track.board.quote(ltp === undefined ? undefined : track.preview(ltp));
}
