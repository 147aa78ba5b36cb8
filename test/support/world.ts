import type { EngineEvent } from '../../src/contract/events.ts';
import type { BrokerManifest } from '../../src/contract/manifest.ts';
import { mergeSettings, type Settings, type SettingsPatch, settingsSchema } from '../../src/contract/settings.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { AppError } from '../../src/core/errors.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { BrokerSession, Clock } from '../../src/main/engine/ports.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { World } from '../../src/main/engine/world.ts';
import type { WorldParts } from '../../src/main/engine/world-parts.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { listeningChannel } from './listening-channel.ts';
import { nse } from './nse.ts';

export const MANIFEST: BrokerManifest = {
  id: 'kite',
  label: 'Tape',
  description: 'A generated market for tests.',
  credentialFields: [],
  limits: { instrumentsPerSocket: 100, sockets: 1 },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
};

/** A world over a session, with everything it told in lists. */
export function openWorld(
  session: BrokerSession,
  wall: Clock,
  patch: SettingsPatch = {},
  store: Store = openStore(':memory:'),
  more: Partial<WorldParts> = {},
) {
  const signals: Signal[] = [];
  const told: Alert[] = [];
  const troubles: AppError[] = [];
  const events: EngineEvent[] = [];
  const publisher = new Publisher(wall);
  publisher.subscribe((batch) => events.push(...batch.events));
  let settings: Settings = settingsSchema.parse(mergeSettings(settingsSchema.parse({}), patch));
  const world = new World({
    session,
    manifest: MANIFEST,
    store,
    wall,
    publisher,
    channels: [listeningChannel((alert) => told.push(alert))],
    settings: () => settings,
    calendarOf: nse,
    onTrouble: (error) => troubles.push(error),
    onSignal: (signal) => signals.push(signal),
    ...more,
  });
  return {
    world,
    store,
    signals,
    told,
    troubles,
    events,
    async change(change: SettingsPatch) {
      const before = settings;
      settings = settingsSchema.parse(mergeSettings(settings, change));
      await world.apply(settings, before);
    },
  };
}

/** Lets promises that are due settle, between two steps of a clock that stands still. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
