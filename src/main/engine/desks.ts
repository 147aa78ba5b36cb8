import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import { barAt } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { actionsInForce, type CorporateAction } from '../../core/corporate-action.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Segment } from '../../core/instrument.ts';
import type { Signal } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { AlertDesk } from './alert-desk.ts';
import { Archive } from './archive.ts';
import { ChartDesk } from './chart-desk.ts';
import { CoverageDesk } from './coverage-desk.ts';
import { DayDesk } from './day-desk.ts';
import { FeedDesk } from './feed-desk.ts';
import { FormingDesk } from './forming-desk.ts';
import { Hearing } from './hearing.ts';
import { HistoryDesk, type HistoryPart } from './history-desk.ts';
import { planHistory } from './history-plan.ts';
import { Journal } from './journal.ts';
import { LedgerDesk } from './ledger-desk.ts';
import { MarketLag } from './market-lag.ts';
import { Pipeline } from './pipeline.ts';
import type { BrokerSession, Clock, Notifier } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { RepairDesk } from './repair-desk.ts';
import { RevisionDesk } from './revision-desk.ts';
import type { RuleDesk } from './rule-desk.ts';
import { StatsDesk } from './stats-desk.ts';
import type { Store } from './store-port.ts';
import { Track } from './track.ts';
import { UpkeepDesk } from './upkeep-desk.ts';
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
  /** Splits and bonuses, those to come as well; none where this is absent. */
  readonly actions?: readonly CorporateAction[];
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
  const everyTrack = (): Iterable<Track> => tracks.values();
  const hearing = new Hearing(lag);
  const journal = new Journal({ store, clock: wall, onTrouble, onGivenUp: (from) => coverage.lose(from) });
  const actionsAt = (key: InstrumentKey, date: TradingDate): readonly CorporateAction[] =>
    actionsInForce(parts.actions ?? [], key, date);
  // A market played back knows nothing of a split that was years later.
  const actionsOf = (key: InstrumentKey): readonly CorporateAction[] =>
    actionsAt(key, tracks.get(key)?.calendar.dateOf(exchangeClock.now()) ?? ('' as TradingDate));
  const isNewUnit = ({ instrument, calendar }: Track, from: EpochMs, to: EpochMs): boolean =>
    actionsAt(instrument.key, calendar.dateOf(to)).some(({ exDate }) => exDate > calendar.dateOf(from));
  const archive = new Archive(store, () => journal.flush(), actionsOf);
  const stats = new StatsDesk(wall, () => sumOf(tracks.values(), ({ reader }) => reader.resets));
  const forming = new FormingDesk(clock, publisher);
  const wantsDesktop = (): boolean => settings().alerts.desktop;
  const alerts = new AlertDesk({ store, clock, publisher, notifiers, wantsDesktop, onTrouble });
  const revisions = new RevisionDesk({
    archive,
    journal,
    store,
    stats,
    wall,
    clock: exchangeClock,
    onRevised(track, marked) {
      rules().recompute(track);
      if (marked > 0) alerts.relist();
      publisher.publish({ type: 'candles-revised', instrument: track.instrument.key });
    },
  });
  const source = session.history;
  const asking = { clock: exchangeClock, journal, publisher, revisions, stats, stop, actionsAt, onTrouble };
  const history = source && new HistoryDesk({ source, ...asking });
  const repair = history && new RepairDesk(exchangeClock, history, onFilled);
  const plan = (track: Track, timeframe: Timeframe, from: EpochMs): readonly HistoryPart[] => {
    if (history === undefined) return [];
    coverage.recall(track, from);
    return planHistory(track, history.source, timeframe, from, history.settled);
  };
  const charts = new ChartDesk({ tracks, archive, history, plan, publisher, clock: exchangeClock });
  const pipeline = new Pipeline({
    tracks,
    clock,
    exchangeClock,
    lag,
    isPlayed: session.playback !== undefined,
    hearing,
    archive,
    journal,
    publisher,
    revisions,
    history,
    rules,
    forming,
    stats,
    onStatus: (status) => feed.onStatus(status),
    onSealed: (time) => coverage.claim(time),
    onLost: (time) => coverage.lose(time),
    onVenueBar: () => undefined,
    onLeap: () => leap(),
    onTrouble,
  });
  for (const instrument of session.instruments)
    tracks.set(instrument.key, new Track(instrument, parts.calendarOf(instrument.segment), pipeline, hearing));
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
  const coverage = new CoverageDesk({
    clock,
    exchangeClock,
    hearing,
    lag,
    journal,
    store,
    tracks: everyTrack,
    repair,
    isLive: session.playback === undefined,
    onCutShort: (time) => markCutShort(time, { store, tracks: everyTrack, rules, alerts, clock: exchangeClock }),
    onChanged: () => publisher.publish({ type: 'coverage-changed' }),
  });
  // A market of our own making has a clock of its own, which never leaps by itself.
  const leap = (): void => {
    if (session.playback === undefined) coverage.leap();
  };
  const isImmediate = source?.isImmediate === true;
  const warmUp = new WarmUp({
    clock: exchangeClock,
    archive,
    history,
    repair,
    hearing,
    stop,
    isImmediate,
    plan,
    rules,
  });
  // History that is made of the very trades that the feed tells has nothing to add to them.
  const days =
    history === undefined || isImmediate
      ? undefined
      : new DayDesk({ clock: exchangeClock, history, tracks: everyTrack, onRead: onFilled });
  const isRepairing = (): boolean => repair?.isAsking === true;
  const ledger = new LedgerDesk({
    clock: exchangeClock,
    store,
    tracks: everyTrack,
    flush: () => journal.flush(),
    hasHistory: history !== undefined,
    isRepairing,
  });
  const upkeep = new UpkeepDesk({ store, wall, clock, stop, settings, onTrouble });
  return {
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
    revisions,
    coverage,
    warmUp,
    days,
    ledger,
    upkeep,
    isNewUnit,
    leap,
  };
}

/** Bars that were taken for whole closed after the feed had fallen silent: their signals say so. */
function markCutShort(
  time: EpochMs,
  {
    store,
    tracks,
    rules,
    alerts,
    clock,
  }: { store: Store; tracks(): Iterable<Track>; rules(): RuleDesk; alerts: AlertDesk; clock: Clock },
): void {
  const { timeframe } = rules();
  let marked = 0;
  for (const { instrument, calendar } of tracks()) {
    const bar = barAt(time, timeframe, calendar);
    if (bar !== undefined)
      marked += store.markInputs(instrument.key, timeframe, bar.openTime, (clock.now() + 1) as EpochMs, 'incomplete');
  }
  if (marked > 0) alerts.relist();
}

function sumOf<Item>(items: Iterable<Item>, of: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum;
}
