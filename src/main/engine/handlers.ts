import type { CommandHandlers } from '../../contract/commands.ts';
import type { Examination } from '../../contract/doctor.ts';
import type { BrokerState, EngineEvent, LoginStart, LogLine, Snapshot } from '../../contract/events.ts';
import type { RunningMode, Settings, SettingsPatch } from '../../contract/settings.ts';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { LISTED_ALERTS } from './alert-desk.ts';
import { HANDLERS_TO_COME } from './handlers-to-come.ts';
import type { OpenedWorld } from './opened-world.ts';

/** What the answers need of the engine. */
interface Answering {
  /** Throws an AppError while one world gives way to another. */
  readonly opened: OpenedWorld;
  snapshot(): Snapshot;
  updateSettings(patch: SettingsPatch): Promise<Settings>;
  saveCredentials(broker: string, fields: Readonly<Record<string, string>>): Promise<readonly BrokerState[]>;
  reconnect(): Promise<void>;
  stopFeed(): Promise<void>;
  holdMode(mode: RunningMode | undefined): Promise<void>;
  logIn(broker: string): Promise<LoginStart>;
  examine(broker: string | undefined): Promise<Examination>;
  logTail(lines: number): readonly LogLine[];
  screenSeen(screen: string, isSeen: boolean): Promise<void>;
  publish(event: EngineEvent): void;
}

/** The engine's answers, one line a command. */
export function createHandlers(engine: Answering): CommandHandlers {
  const alertsChanged = (): null => {
    engine.publish({ type: 'alerts-changed', alerts: engine.opened.store.alerts(LISTED_ALERTS) });
    return null;
  };
  return {
    ...HANDLERS_TO_COME,
    'app.snapshot': async () => engine.snapshot(),
    'candles.load': async ({ instrument, timeframe, before, limit }) =>
      engine.opened.world.charts.load(instrument, timeframe, before, limit),
    'chart.watch': async ({ screen, instrument, timeframe }) => {
      engine.opened.world.charts.watch(screen, instrument, timeframe);
      return null;
    },
    'settings.update': (patch) => engine.updateSettings(patch),
    'feed.reconnect': async () => {
      await engine.reconnect();
      return null;
    },
    'feed.stop': async () => {
      await engine.stopFeed();
      return null;
    },
    'mode.hold': async ({ mode }) => {
      await engine.holdMode(mode ?? undefined);
      return null;
    },
    'login.begin': ({ broker }) => engine.logIn(broker),
    'doctor.run': ({ broker }) => engine.examine(broker ?? undefined),
    'log.tail': async ({ lines }) => engine.logTail(lines),
    'screen.seen': async ({ screen, isSeen }) => {
      await engine.screenSeen(screen, isSeen);
      return null;
    },
    'coverage.load': async ({ date }) => engine.opened.world.ledger(date),
    'store.backUp': () => engine.opened.backUp(),
    'candles.export': (request) => engine.opened.exportBars(request),
    'alerts.markRead': async () => {
      engine.opened.store.markAlertsRead();
      return alertsChanged();
    },
    'alerts.clear': async () => {
      engine.opened.store.clearAlerts();
      return alertsChanged();
    },
    'alerts.test': async () => {
      const alert = sampleAlert(engine.opened.world.marketTime);
      engine.opened.world.alerts.tell(alert);
      // Shown, sounded, and not kept: it is not in the store and goes with the next list.
      engine.publish({ type: 'alert', alert, told: { sound: true, spoken: false, volume: 0.6 } });
      return null;
    },
    'credentials.save': ({ broker, fields }) => engine.saveCredentials(broker, fields),
  };
}

function sampleAlert(now: EpochMs): Alert {
  return {
    id: `test ${now}`,
    raisedAt: now,
    signal: {
      instrument: 'NSE:TEST' as InstrumentKey,
      timeframe: '5m',
      rule: 'test',
      side: 'buy',
      barTime: now,
      price: 100,
      values: {},
    },
    text: 'This is a test alert. Real ones look and sound like this.',
    read: false,
    late: false,
    inputs: 'whole',
  };
}
