import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { actionsInForce, type CorporateAction } from '../../core/corporate-action.ts';
import { AppError } from '../../core/errors.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { Archive } from './archive.ts';
import { BarCheck } from './bar-check.ts';
import { ChartDesk } from './chart-desk.ts';
import { CoverageDesk } from './coverage-desk.ts';
import { createFocus } from './create-focus.ts';
import { markCutShort } from './cut-short.ts';
import { DayDesk } from './day-desk.ts';
import { FeedDesk } from './feed-desk.ts';
import { FormingDesk } from './forming-desk.ts';
import { Hearing } from './hearing.ts';
import { HistoryDesk, type HistoryPart } from './history-desk.ts';
import { planHistory } from './history-plan.ts';
import { Journal } from './journal.ts';
import { LedgerDesk } from './ledger-desk.ts';
import { MarketLag } from './market-lag.ts';
import { ModeDesk } from './mode-desk.ts';
import { PastTradesDesk } from './past-trades-desk.ts';
import { Pipeline } from './pipeline.ts';
import type { Clock } from './ports.ts';
import { RepairDesk } from './repair-desk.ts';
import { RevisionDesk } from './revision-desk.ts';
import { isCarried, StandbyDesk } from './standby-desk.ts';
import { StatsDesk } from './stats-desk.ts';
import { createTelling } from './telling.ts';
import { Track } from './track.ts';
import { UpkeepDesk } from './upkeep-desk.ts';
import { WarmUp } from './warm-up.ts';
import type { DeskHooks, WorldParts } from './world-parts.ts';

export type Desks = ReturnType<typeof createDesks>;

/** Builds what a world consists of and connects it: one place for who knows whom. */
export function createDesks(parts: WorldParts, hooks: DeskHooks) {
  const { stop, rules, onStatus, onFilled } = hooks;
  const { session, manifest, store, wall, publisher, settings, onTrouble } = parts;
  const clock = session.playback?.clock ?? wall;
  const told = (thrown: unknown): void => onTrouble(AppError.from(thrown));
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
  const telling = createTelling({
    world: parts,
    clock,
    archive,
    journal,
    stop,
    feed: () => hooks.feed(),
    exchangeClock,
    tracks,
  });
  const { alerts } = telling;
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
    onVenueBar: (candle, closed) => barCheck.take(candle, closed),
    isCarried: (open, close) => isCarried(standby, open, close),
    onLeap: () => leap(),
    orders: telling.orders,
    alerts,
    onTrouble,
  });
  for (const instrument of session.instruments)
    tracks.set(instrument.key, new Track(instrument, parts.calendarOf(instrument.segment), pipeline, hearing));
  const onDifference = (difference: BarDifference): void => {
    stats.differs();
    journal.difference(difference);
  };
  const compared = { clock: exchangeClock, stop, onDifference, onTrouble };
  const barCheck = new BarCheck({ venue: manifest.id, tracks, archive, ...compared });
  const standby =
    parts.standby &&
    new StandbyDesk({
      ...parts.standby,
      first: session.feed,
      instruments: session.instruments,
      clock,
      calendarOf: (key) => tracks.get(key)?.calendar,
      onDifference,
      onChanged: hooks.onStandby,
    });
  const resting = {
    onRest: (message: string) => void feed.rest(message).catch(told),
    onReturn: () => void feed.resume().catch(told),
  };
  const focus = createFocus(parts, resting, () => telling.orders.held.size > 0);
  const modes = new ModeDesk({ clock, source: manifest.id, settings, onBoundary: hooks.onModeBoundary });
  const feed = new FeedDesk({
    session,
    stream: standby?.feed ?? session.feed,
    mode: () => modes.running,
    clock,
    tracks,
    sink: pipeline,
    settings,
    barTimeframe: () => rules().timeframes[0] ?? settings().rule.timeframe,
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
  const warming = { clock: exchangeClock, wall, archive, history, repair, hearing, stop, isImmediate };
  const warmUp = new WarmUp({ ...warming, plan, rules });
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
  const wantsSeconds = (): boolean => settings().recording.seconds;
  const pastTrades =
    session.trades &&
    new PastTradesDesk({
      source: session.trades,
      clock: exchangeClock,
      journal,
      publisher,
      stop,
      wantsSeconds,
      onTrouble,
    });
  const upkeep = new UpkeepDesk({ store, wall, clock, stop, settings, onTrouble });
  return {
    clock,
    exchangeClock,
    tracks,
    journal,
    archive,
    history,
    plan,
    stats,
    forming,
    repair,
    alerts,
    telling,
    charts,
    pipeline,
    feed,
    modes,
    focus,
    standby,
    barCheck,
    revisions,
    coverage,
    warmUp,
    days,
    ledger,
    pastTrades,
    upkeep,
    isNewUnit,
    leap,
  };
}

function sumOf<Item>(items: Iterable<Item>, of: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += of(item);
  return sum;
}
