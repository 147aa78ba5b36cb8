import type { CommandHandlers } from '../../contract/commands.ts';
import type { EngineEvent } from '../../contract/events.ts';
import { LISTED_ALERTS } from './alert-desk.ts';
import type { OpenedWorld } from './opened-world.ts';
import { testAlert } from './test-alert.ts';

/** What the answers need of the engine. */
export interface AlertAnswering {
  /** Throws an AppError while one world gives way to another. */
  readonly opened: OpenedWorld;
  publish(event: EngineEvent): void;
}

type AlertHandlers = Pick<
  CommandHandlers,
  | 'alerts.markRead'
  | 'alerts.clear'
  | 'alerts.test'
  | 'alerts.mute'
  | 'alerts.passport'
  | 'alerts.prove'
  | 'alerts.export'
  | 'orders.load'
  | 'orders.exit'
  | 'orders.cancel'
  | 'orders.journal'
  | 'outcomes.load'
  | 'channels.load'
  | 'channels.save'
  | 'channels.test'
>;

/** The engine's answers about alerts and what follows from them, one line a command. */
export function alertAnswers(engine: AlertAnswering): AlertHandlers {
  const telling = () => engine.opened.world.telling;
  const alertsChanged = (): null => {
    engine.publish({ type: 'alerts-changed', alerts: engine.opened.store.alerts(LISTED_ALERTS) });
    return null;
  };
  return {
    'alerts.markRead': async () => {
      engine.opened.store.markAlertsRead();
      return alertsChanged();
    },
    'alerts.clear': async () => {
      engine.opened.store.clearAlerts();
      return alertsChanged();
    },
    'alerts.test': async () => {
      // Shown, sounded, and not kept: it is not in the store and goes with the next list.
      engine.publish({
        type: 'alert',
        alert: testAlert(engine.opened.world.marketTime),
        told: telling().toldOfTest(),
      });
      await telling().deliveries.testAll();
      return null;
    },
    'alerts.mute': async ({ rule, instrument, minutes }) => {
      const { mutes } = telling();
      mutes.mute(rule, instrument, minutes);
      engine.publish({ type: 'mutes', mutes: mutes.mutes });
      return null;
    },
    'alerts.passport': async ({ id }) => telling().proofs.evidence(id) ?? null,
    'alerts.prove': async ({ id }) => telling().proofs.prove(id),
    'alerts.export': ({ id }) => engine.opened.exportAlert(id),
    'orders.load': async () => telling().orders.state(),
    'orders.exit': async ({ rule, instrument }) => {
      telling().orders.exit(rule, instrument);
      return null;
    },
    'orders.cancel': async ({ key }) => {
      await telling().orders.cancel(key);
      return null;
    },
    'orders.journal': async ({ limit }) => telling().orders.journal(limit),
    'outcomes.load': async ({ rule, instrument, days }) => telling().outcomes.load(rule, instrument, days),
    'channels.load': async () => telling().deliveries.states(),
    'channels.save': async ({ channel, fields }) => telling().deliveries.save(channel, fields),
    'channels.test': async ({ channel }) => {
      await telling().deliveries.test(channel);
      return null;
    },
  };
}
