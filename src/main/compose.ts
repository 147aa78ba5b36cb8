import type { LogLine } from '../contract/events.ts';
import type { Settings, SettingsPatch } from '../contract/settings.ts';
import type { EpochMs } from '../core/brand.ts';
import { AppError } from '../core/errors.ts';
import type { Instrument } from '../core/instrument.ts';
import { universeWarning } from '../core/universe.ts';
import { createBacktestRunner } from './backtest/runner.ts';
import { setupOf } from './broker-setup.ts';
import type { BrokerModule, OpenContext } from './brokers/broker-module.ts';
import { BROKERS } from './brokers/registry.ts';
import { closingAfter } from './closing-after.ts';
import { Engine } from './engine/engine.ts';
import type { EngineHost } from './engine/host.ts';
import type { OpenedWorld } from './engine/opened-world.ts';
import type { Channel, Clock, Logger, SecretVault } from './engine/ports.ts';
import { Publisher } from './engine/publisher.ts';
import { RuleBook } from './engine/rule-book.ts';
import { SettingsDesk } from './engine/settings-desk.ts';
import type { StatsDesk } from './engine/stats-desk.ts';
import type { Store } from './engine/store-port.ts';
import { TroubleDesk } from './engine/trouble-desk.ts';
import { MARKET_CLOCK, World } from './engine/world.ts';
import { forgetReplays } from './forget-replays.ts';
import { keepCalendar } from './keep-calendar.ts';
import { openBroker } from './open-broker.ts';
import { openStandby, secondBroker, usableBroker } from './open-venues.ts';
import { openOrForget, openTold } from './open-world-store.ts';
import { type DataPaths, prepareDataDir } from './platform/paths.ts';
import { openReferenceData } from './reference-data.ts';
import { venueDesks } from './venue-desks.ts';
import { watchedInstruments } from './watched-instruments.ts';
import { worldFiles } from './world-files.ts';
import { worldStorePath } from './world-store.ts';

/** What differs between the doors. */
export interface Parts {
  /** The clock on the wall. */
  readonly clock: Clock;
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly vault: SecretVault;
  /** Ways of telling a person. */
  readonly channels: readonly Channel[];
  readonly logger: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Every broker there is; those of the registry where absent. */
  readonly brokers?: readonly BrokerModule[];
  /** Settings for this launch only, such as the feed named on the command line. */
  readonly settingsOverride?: SettingsPatch | undefined;
  /** Takes sentences for screens that come later, while there is none to tell. */
  readonly post?: (sentence: string) => void;
  /** The newest lines of the log; none where there is no log to read. */
  readonly logTail?: (lines: number) => readonly LogLine[];
  /** Where the web door listens; undefined where it does not, or not yet. */
  readonly doorOrigin?: (() => string | undefined) | undefined;
}

/** How long a start waits for the broker before it shows what is stored. */
const FIRST_PATIENCE_MS = 5_000;

/**
 * Builds the engine from its parts and starts it; the only place that knows everyone.
 *
 * Throws an AppError that says what to do when the data folder or the store in it cannot be used.
 */
export async function compose(parts: Parts): Promise<EngineHost> {
  const paths = prepareDataDir(parts.dataDir);
  const { clock, logger, post } = parts;
  const home = openTold(paths.store, {
    clock,
    onTrouble(error) {
      // No screen is there yet to be told.
      logger.error(error);
      post?.(error.message);
    },
  });
  try {
    return closingAfter(await startEngine(parts, paths, home), () => home.close());
  } catch (thrown) {
    home.close();
    throw thrown;
  }
}

/** `home` keeps the settings and real prices; it stays the caller's to close. */
async function startEngine(parts: Parts, paths: DataPaths, home: Store): Promise<EngineHost> {
  const { clock, logger, vault, channels, version, brokers = BROKERS } = parts;
  let stats: StatsDesk | undefined;
  const publisher = new Publisher(
    clock,
    (waitedMs) => stats?.published(waitedMs),
    (thrown) => logger.error(AppError.from(thrown)),
  );
  const troubles = new TroubleDesk(clock, logger, publisher, parts.post);
  const onTrouble = (error: AppError): void => troubles.tell(error);
  const settings = new SettingsDesk(home, parts.settingsOverride, onTrouble);
  const book = new RuleBook(home, () => settings.current.rule, onTrouble);
  const { universe, actions, calendars } = openReferenceData(parts.resourcesDir, paths, onTrouble);
  const { calendarOf } = calendars;
  const say = (text: string): void => {
    if (publisher.isHeard) publisher.publish({ type: 'notice', level: 'info', text });
    else parts.post?.(text);
  };
  for (const rename of universe.renames) home.renameInstrument(rename);
  home.saveCorporateActions(actions);

  const onLoginNeeded = (id: string): Promise<void> => engine.credentials.recover(id);
  const onReachable = (): void => {
    engine.reopen().catch((thrown: unknown) => onTrouble(AppError.from(thrown)));
  };

  // The window waits for the first world only; any later one may take the time it needs.
  let patienceMs: number | undefined = FIRST_PATIENCE_MS;
  const openWorld = async ({ feed }: Settings): Promise<OpenedWorld> => {
    const broker = usableBroker(brokers, feed.source, onTrouble);
    const path = worldStorePath(paths, broker.manifest, feed);
    if (broker.manifest.world === 'replay') forgetReplays(paths.replayStore, path, clock.now());
    const store = path === paths.store ? home : openOrForget(path, { clock, onTrouble });
    const ended = new AbortController();
    const close = async (): Promise<void> => {
      ended.abort(new AppError('internal', 'The feed was changed while the rule ran over the past. Try again.'));
      if (store !== home) store.close();
    };
    try {
      const resumeAt = resumeTime(store.readDocument(MARKET_CLOCK));
      const contextOf = (module: BrokerModule, instruments: readonly Instrument[]): OpenContext => ({
        ...setupOf(module, { clock, vault, env: parts.env, feed }),
        saveCredentials: (fields) => vault.write(module.manifest.id, fields),
        instruments,
        renames: universe.renames,
        settings: feed,
        calendarOf,
        cacheDir: paths.cache,
        resumeAt,
        logger,
      });
      const context = (): OpenContext =>
        contextOf(broker, watchedInstruments(broker.manifest, feed, universe.instruments));
      const session = await openBroker(broker, { context, onTrouble, onReachable, patienceMs });
      patienceMs = undefined;
      store.saveInstruments(session.instruments);
      const second = secondBroker(brokers, broker, feed.standby, onTrouble);
      const standby = second && (await openStandby(second, contextOf(second, session.instruments), onTrouble));
      // What a simulator invents has no splits.
      const worldActions = broker.manifest.world === 'simulated' ? [] : actions;
      const world = new World({
        session,
        manifest: broker.manifest,
        store,
        wall: clock,
        publisher,
        channels,
        vault,
        settings: () => settings.current,
        rules: () => book.rules,
        calendarOf,
        actions: worldActions,
        standby,
        onLoginNeeded,
        onTrouble,
      });
      const outdated = universeWarning(universe.asOf, calendarOf('nse-index').dateOf(clock.now()));
      if (isIndian(broker) && outdated !== undefined) say(outdated);
      stats = world.stats;
      const backtests = createBacktestRunner({
        clock,
        store,
        calendarData: (segment) => calendars.dataOf(segment),
        actions: worldActions,
        ended: ended.signal,
      });
      return { world, store, backtests, close, ...worldFiles({ world, store, storePath: path, paths, clock }) };
    } catch (thrown) {
      await close();
      throw thrown;
    }
  };

  const { logins, doctor } = venueDesks({
    ...parts,
    brokers,
    paths,
    universe,
    calendarOf,
    settings: () => settings.current,
    engine: () => engine,
  });
  const manifests = brokers.map(({ manifest }) => manifest);
  const engine = new Engine({
    publisher,
    settings,
    book,
    vault,
    logger,
    version,
    manifests,
    openWorld,
    doctor,
    logins,
    logTail: (lines) => parts.logTail?.(lines) ?? [],
  });
  const ended = new AbortController();
  try {
    await engine.start();
    keepCalendar({
      calendars,
      clock,
      logger,
      url: parts.env['TICKSCOPE_NSE_URL'],
      stop: ended.signal,
      isWanted: () =>
        settings.current.calendar.refresh &&
        brokers.some((each) => isIndian(each) && each.manifest.id === settings.current.feed.source),
      onAdded: say,
    });
    return closingAfter(engine, () => ended.abort());
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
}

/** Real prices of NSE: only there do its holidays and the members of its index matter. */
function isIndian({ manifest }: BrokerModule): boolean {
  return manifest.world === 'market' && manifest.presets === undefined;
}

function resumeTime(document: unknown): EpochMs | undefined {
  if (typeof document !== 'object' || document === null || !('time' in document)) return undefined;
  return typeof document.time === 'number' ? (document.time as EpochMs) : undefined;
}
