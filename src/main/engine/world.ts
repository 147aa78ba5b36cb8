import type { FeedState, MarketState, Snapshot } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { SECOND_MS } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Segment } from '../../core/instrument.ts';
import type { Quote } from '../../core/quote.ts';
import type { Signal } from '../../core/signal.ts';
import { AlertDesk } from './alert-desk.ts';
import { Archive } from './archive.ts';
import { ChartDesk } from './chart-desk.ts';
import { FeedDesk } from './feed-desk.ts';
import { FormingDesk } from './forming-desk.ts';
import { HistoryDesk } from './history-desk.ts';
import { Journal } from './journal.ts';
import { marketStateAt } from './market-state.ts';
import { Pipeline } from './pipeline.ts';
import type { BrokerSession, Clock, Notifier, Store } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { RepairDesk } from './repair-desk.ts';
import { RuleDesk } from './rule-desk.ts';
import { StatsDesk } from './stats-desk.ts';
import { Track } from './track.ts';

export interface WorldParts {
  readonly session: BrokerSession;
  readonly manifest: BrokerManifest;
  /** Of this world alone; closed with it unless it is the home store. */
  readonly store: Store;
  readonly wall: Clock;
  readonly publisher: Publisher;
  readonly notifiers: readonly Notifier[];
  settings(): Settings;
  calendarOf(segment: Segment): Calendar;
  onTrouble(error: AppError): void;
  /** Hears of every signal on a closed bar, stored before or not. */
  onSignal?(signal: Signal): void;
}

/** Name of the document that keeps the market time a simulated world has come to. */
export const MARKET_CLOCK = 'market-clock';

/** One opened broker with its clock, its store and everything between: the engine minus its doors. */
export class World {
  readonly #parts: WorldParts;
  readonly #stop = new AbortController();
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #archive: Archive;
  readonly #history: HistoryDesk | undefined;
  readonly #repair: RepairDesk | undefined;
  readonly #tracks = new Map<InstrumentKey, Track>();
  readonly #forming: FormingDesk;
  readonly #pipeline: Pipeline;
  readonly #feed: FeedDesk;
  readonly alerts: AlertDesk;
  readonly charts: ChartDesk;
  readonly stats: StatsDesk;
  #rules: RuleDesk;
  #market: MarketState | undefined;
  #savedClockAt = 0;
  #closed = false;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const { session, store, wall, publisher, onTrouble } = parts;
    const clock = session.playback?.clock ?? wall;
    const settings = parts.settings();
    this.#clock = clock;
    this.#journal = new Journal(store, wall, onTrouble);
    this.#archive = new Archive(store, () => this.#journal.flush());
    this.stats = new StatsDesk(wall);
    this.#forming = new FormingDesk(clock, publisher);
    const stop = this.#stop.signal;
    const { journal, archive } = { journal: this.#journal, archive: this.#archive };
    this.#history =
      session.history && new HistoryDesk({ source: session.history, clock, journal, publisher, stop, onTrouble });
    this.#repair = this.#history && new RepairDesk(clock, this.#history, (track) => this.#filled(track));
    this.#rules = this.#makeRules();
    const tracks = this.#tracks;
    const wantsDesktop = (): boolean => parts.settings().alerts.desktop;
    this.alerts = new AlertDesk({ store, clock, publisher, notifiers: parts.notifiers, wantsDesktop, onTrouble });
    this.charts = new ChartDesk({ tracks, archive, history: this.#history, publisher, clock });
    this.#pipeline = new Pipeline({
      tracks,
      clock,
      journal,
      publisher,
      rules: () => this.#rules,
      forming: this.#forming,
      stats: this.stats,
      onStatus: (status) => this.#feed.onStatus(status),
    });
    for (const instrument of session.instruments)
      tracks.set(instrument.key, new Track(instrument, parts.calendarOf(instrument.segment), this.#pipeline));
    this.#feed = new FeedDesk({
      session,
      clock,
      tracks,
      sink: this.#pipeline,
      settings: parts.settings,
      barTimeframe: () => this.#rules.timeframe,
      onStatus: (status, before) => this.#status(status, before),
      onTrouble,
    });
    this.#record(settings);
  }

  /** Now, by the market's clock. */
  get marketTime(): EpochMs {
    return this.#clock.now();
  }

  get feedState(): FeedState {
    const { manifest, session } = this.#parts;
    const { feed } = this.#parts.settings();
    const speed =
      session.playback === undefined ? 1 : manifest.world === 'replay' ? feed.replay.speed : feed.simulator.speed;
    const { id: source, label, world } = manifest;
    return { source: source as FeedState['source'], label, world, mode: feed.mode, status: this.#feed.status, speed };
  }

  /** Warms the lanes and starts the feed. Resolves once prices may come; history may still be on its way. */
  async start(): Promise<void> {
    for (const track of this.#tracks.values()) this.#recall(track);
    await this.#warmUp();
    if (this.#stop.signal.aborted) return;
    this.#feed.start();
    this.#beat();
  }

  /** Follows a change of settings that needs no other world. */
  async apply(now: Settings, before: Settings): Promise<void> {
    const speed = (settings: Settings): number =>
      this.#parts.manifest.world === 'replay' ? settings.feed.replay.speed : settings.feed.simulator.speed;
    if (speed(now) !== speed(before))
      this.#parts.session.playback?.setSpeed(speed(now) === 0 ? Number.POSITIVE_INFINITY : speed(now));
    this.#record(now);
    if (JSON.stringify(now.rule) !== JSON.stringify(before.rule)) {
      this.#rules = this.#makeRules();
      for (const track of this.#tracks.values()) this.#forming.clear(track);
      await this.#warmUp();
    }
    if (now.feed.mode !== before.feed.mode || now.feed.pollSeconds !== before.feed.pollSeconds)
      await this.#feed.restart();
    this.#parts.publisher.publish({ type: 'feed', feed: this.feedState });
  }

  async reconnect(): Promise<void> {
    await this.#feed.restart();
  }

  snapshot(): Pick<
    Snapshot,
    'instruments' | 'quotes' | 'sparklines' | 'formingSignals' | 'feed' | 'market' | 'scan' | 'stats'
  > {
    const tracks = [...this.#tracks.values()];
    return {
      instruments: tracks.map(({ instrument }) => instrument),
      quotes: tracks.flatMap((track) => quoteOf(track) ?? []),
      sparklines: Object.fromEntries(tracks.map((track) => [track.instrument.key, track.board.sparkline])),
      formingSignals: this.#forming.signals,
      feed: this.feedState,
      market: this.#marketState(),
      scan: this.#rules.scan,
      stats: this.#report(),
    };
  }

  /** Ends feed and journal, in that order. The store stays open for whoever owns it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop.abort();
    this.#repair?.stop();
    await this.#feed.stop();
    this.#pipeline.stop();
    this.#journal.flush();
    this.#saveClock();
  }

  /** Resolves when the feed has come to its end (a replay's last row, a stop). */
  finished(): Promise<void> {
    return this.#feed.finished();
  }

  #makeRules(): RuleDesk {
    const { rule } = this.#parts.settings();
    return new RuleDesk(
      {
        clock: this.#clock,
        archive: this.#archive,
        onSignal: (signal, late) => {
          if (!rule.enabled) return;
          this.#parts.onSignal?.(signal);
          this.alerts.raise(signal, rule, late);
        },
        onHole: (track) => this.#repair?.ask(track),
        onScan: (scan) => this.#parts.publisher.publish({ type: 'scan', scan }),
      },
      rule,
      rule.timeframe,
    );
  }

  /** What the store remembers of the day: yesterday's close and the line so far. */
  #recall(track: Track): void {
    const { calendar, instrument, board } = track;
    const now = this.#clock.now();
    const open = sessionAtOrBefore(calendar, now)?.open ?? now;
    const previous = this.#archive.newest(instrument.key, '1d', calendar, open, 1).close.at(-1);
    if (previous !== undefined) board.assumePreviousClose(previous);
    const today = this.#archive.load(instrument.key, '5m', calendar, open, now);
    today.openTime.forEach((time, index) => {
      board.remember(time as EpochMs, today.close[index] ?? Number.NaN);
    });
  }

  async #warmUp(): Promise<void> {
    const rules = this.#rules;
    const tracks = [...this.#tracks.values()];
    const warm = (track: Track): void => {
      if (rules !== this.#rules) return;
      rules.warm(track);
      this.#recall(track);
    };
    const history = this.#history;
    if (history === undefined) {
      for (const track of tracks) warm(track);
      return;
    }
    const filling = history.fillAll(
      tracks,
      rules.timeframe,
      (track) => rules.warmFrom(track.calendar, this.#clock.now()),
      (track, ok) => {
        warm(track);
        if (!ok || track.coverage.hole !== undefined) this.#repair?.ask(track);
      },
    );
    // A market of our own making waits for its past; a real one goes on meanwhile, and its prices are shown.
    if (this.#parts.session.history?.isImmediate === true) await filling;
  }

  #filled(track: Track): void {
    this.#rules.catchUp(track);
    this.#parts.publisher.publish({ type: 'candles-revised', instrument: track.instrument.key });
  }

  #status(status: FeedStatus, before: FeedStatus): void {
    if (before.state === 'waiting' && status.state !== 'waiting') this.stats.reconnected();
    if (this.#feed.isStreaming) {
      const wasLive = before.state === 'live';
      const isLive = status.state === 'live';
      // What a recording lacks nobody can add: without history every bar is as whole as it will ever be.
      const since = this.#history === undefined ? Number.NEGATIVE_INFINITY : this.#clock.now();
      for (const track of this.#tracks.values()) {
        if (isLive && !wasLive) track.coverage.begin(since);
        if (!isLive && wasLive && this.#history !== undefined) track.coverage.end();
        if (isLive && !wasLive && track.coverage.hole !== undefined) this.#repair?.ask(track);
      }
    } else if (this.#history !== undefined) {
      for (const track of this.#tracks.values()) track.coverage.end();
    }
    if (status.state === 'finished') {
      this.#pipeline.seal(this.#clock.now());
      this.#journal.flush();
    }
    this.#parts.publisher.publish({ type: 'feed', feed: this.feedState });
  }

  #record({ recording, rule }: Settings): void {
    this.#pipeline.recordTicks = recording.ticks;
    this.#forming.enabled = rule.enabled && rule.forming;
    for (const track of this.#tracks.values()) track.recordSeconds(recording.seconds);
  }

  /** Once a second, by the clock on the wall. */
  #beat(): void {
    if (this.#stop.signal.aborted) return;
    const { publisher, wall } = this.#parts;
    publisher.publish({ type: 'stats', stats: this.#report() });
    const market = this.#marketState();
    if (market.phase !== this.#market?.phase || market.until !== this.#market.until) {
      this.#market = market;
      publisher.publish({ type: 'market', market });
    }
    if (wall.now() - this.#savedClockAt >= 5 * SECOND_MS) this.#saveClock();
    wall.after(SECOND_MS, () => this.#beat());
  }

  #saveClock(): void {
    if (this.#parts.session.playback === undefined || this.#parts.manifest.world !== 'simulated') return;
    this.#savedClockAt = this.#parts.wall.now();
    this.#parts.store.writeDocument(MARKET_CLOCK, { time: this.#clock.now() });
  }

  #report() {
    return this.stats.report(this.#clock.now(), this.#parts.store.sizeBytes());
  }

  #marketState(): MarketState {
    const [first] = this.#parts.session.instruments.filter(({ segment }) => segment !== 'nse-index');
    return marketStateAt(this.#parts.calendarOf(first?.segment ?? 'nse-cas'), this.#clock.now());
  }
}

function quoteOf(track: Track): Quote | undefined {
  const ltp = track.board.ltp;
  return track.board.quote(ltp === undefined ? undefined : track.rule?.lane.preview(ltp));
}
