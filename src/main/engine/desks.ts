import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Segment } from '../../core/instrument.ts';
import type { Signal } from '../../core/signal.ts';
import { AlertDesk } from './alert-desk.ts';
import { Archive } from './archive.ts';
import { ChartDesk } from './chart-desk.ts';
import { CoverageDesk } from './coverage-desk.ts';
import { FeedDesk } from './feed-desk.ts';
import { FormingDesk } from './forming-desk.ts';
import { HistoryDesk } from './history-desk.ts';
import { Journal } from './journal.ts';
import { MarketLag } from './market-lag.ts';
import { Pipeline } from './pipeline.ts';
import type { BrokerSession, Clock, Notifier } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { RepairDesk } from './repair-desk.ts';
import type { RuleDesk } from './rule-desk.ts';
import { StatsDesk } from './stats-desk.ts';
import type { Store } from './store-port.ts';
import { Track } from './track.ts';
import { WarmUp } from './warm-up.ts';

export interface WorldParts {
  readonly session: BrokerSession;
  readonly manifest: BrokerManifest;
  /** Where this world's bars, signals and alerts are kept. */
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

/** What the desks ask of the world they stand in. */
export interface DeskHooks {
  readonly stop: AbortSignal;
  rules(): RuleDesk;
  onStatus(status: FeedStatus, before: FeedStatus): void;
  /** History filled a hole of the track. */
  onFilled(track: Track): void;
}

export type Desks = ReturnType<typeof createDesks>;

/** Builds what a world consists of and connects it: one place for who knows whom. */
export function createDesks(parts: WorldParts, { stop, rules, onStatus, onFilled }: DeskHooks) {
  const { session, store, wall, publisher, notifiers, settings, onTrouble } = parts;
  const clock = session.playback?.clock ?? wall;
  const lag = new MarketLag();
  const exchangeClock: Clock = {
    now: () => (clock.now() - lag.ms) as EpochMs,
    after: (delayMs, callback) => clock.after(delayMs, callback),
  };
  const tracks = new Map<InstrumentKey, Track>();
  const journal = new Journal(store, wall, onTrouble);
  const archive = new Archive(store, () => journal.flush());
  const stats = new StatsDesk(wall);
  const forming = new FormingDesk(clock, publisher);
  const source = session.history;
  const history = source && new HistoryDesk({ source, clock, journal, publisher, stop, onTrouble });
  const repair = history && new RepairDesk(clock, history, onFilled);
  const wantsDesktop = (): boolean => settings().alerts.desktop;
  const alerts = new AlertDesk({ store, clock, publisher, notifiers, wantsDesktop, onTrouble });
  const charts = new ChartDesk({ tracks, archive, history, publisher, clock: exchangeClock });
  const pipeline = new Pipeline({
    tracks,
    clock,
    exchangeClock,
    lag,
    journal,
    publisher,
    rules,
    forming,
    stats,
    onStatus: (status) => feed.onStatus(status),
    onTrouble,
  });
  for (const instrument of session.instruments)
    tracks.set(instrument.key, new Track(instrument, parts.calendarOf(instrument.segment), pipeline, lag));
  const feed = new FeedDesk({
    session,
    clock,
    tracks,
    sink: pipeline,
    settings,
    barTimeframe: () => rules().timeframe,
    onStatus,
    onTrouble,
  });
  const coverage = new CoverageDesk({ clock, tracks: () => tracks.values(), repair });
  const isImmediate = source?.isImmediate === true;
  const warmUp = new WarmUp({ clock, archive, history, repair, isImmediate, rules });
  const desks = {
    clock,
    exchangeClock,
    tracks,
    journal,
    archive,
    stats,
    forming,
    repair,
    alerts,
    charts,
    pipeline,
    feed,
  };
  return { ...desks, coverage, warmUp };
}
