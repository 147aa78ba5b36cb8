import { afterEach, vi } from 'vitest';
import type { CommandInput, CommandName } from '../../src/contract/commands.ts';
import type { EngineEvent, Snapshot } from '../../src/contract/events.ts';
import type { SettingsPatch } from '../../src/contract/settings.ts';
import type { BrokerModule } from '../../src/main/brokers/broker-module.ts';
import { compose } from '../../src/main/compose.ts';
import type { EngineHost } from '../../src/main/engine/host.ts';
import type { Clock } from '../../src/main/engine/ports.ts';
import { createFileVault } from '../../src/main/platform/file-vault.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadUniverse } from '../../src/main/platform/load-universe.ts';
import { dispatch } from '../../src/main/shells/dispatch.ts';
import { instrumentsFor } from '../fakes/kite-instruments.ts';
import { type KiteVenue, startKiteVenue } from '../fakes/kite-venue.ts';
import { FakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

const resourcesDir = findResources(import.meta.dirname);
const universe = loadUniverse(resourcesDir);
/** What a test opened, closed in reverse when it ends. */
export const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A clock that a test moves. */
export interface MovedClock extends Clock {
  advance(ms: number): void;
}

/** An engine on a Friday morning in the market, over a clock that the test moves; with the registry's brokers, or others. */
export async function engineAt(
  time: string,
  env: Readonly<Record<string, string>>,
  settingsOverride: SettingsPatch,
  dir = tempFolder(),
  brokers?: readonly BrokerModule[],
) {
  return engineOver(new FakeClock(Date.parse(`2026-10-30T${time}+05:30`)), env, settingsOverride, dir, brokers);
}

/** An engine over any clock that the test moves. */
export async function engineOver<Moved extends MovedClock>(
  clock: Moved,
  env: Readonly<Record<string, string>>,
  settingsOverride: SettingsPatch,
  dir = tempFolder(),
  brokers?: readonly BrokerModule[],
) {
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const vault = createFileVault(`${dir}/vault.json`, { clock, env, hide: () => undefined, warn: log });
  const logger = { info: log, warn: log, error: (error: Error) => log(error.message) };
  const composing = compose({
    clock,
    dataDir: dir,
    resourcesDir,
    vault,
    channels: [],
    logger,
    // No test asks the exchange itself: nobody answers there.
    env: { TICKSCOPE_NSE_URL: 'http://127.0.0.1:1', ...env },
    version: '0.0.0',
    settingsOverride,
    ...(brokers && { brokers }),
  });
  // Opening a broker may wait for its rate limit, which goes by this clock.
  let isComposed = false;
  const settled = (): void => {
    isComposed = true;
  };
  composing.then(settled, settled);
  await until(clock, () => isComposed);
  const engine = await composing;
  closers.push(() => engine.close());
  const events: EngineEvent[] = [];
  engine.subscribe((batch) => events.push(...batch.events));
  return { clock, engine, events, logged, dir };
}

/** A command, as a screen gives it; its answer. */
export async function ask<Name extends CommandName>(
  engine: EngineHost,
  name: Name,
  input: CommandInput<Name>,
): Promise<unknown> {
  const reply = await dispatch(engine, name, input);
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.value;
}
/** What a fresh screen is told. */
export const snapshotOf = async (engine: EngineHost) => (await ask(engine, 'app.snapshot', null)) as Snapshot;

/** Moves the clock until something holds; sockets get their turn in between. */
export async function until(clock: MovedClock, holds: () => boolean | Promise<boolean>): Promise<void> {
  // Not `expect.poll`, which only tests may call: a file may play one day for all of its tests.
  await vi.waitFor(
    async () => {
      // Small beside any time-out: a real socket answers within a few steps of this clock.
      clock.advance(50);
      if (!(await holds())) throw new Error('What was waited for has not come.');
    },
    { timeout: 20_000, interval: 2 },
  );
}

/** A fake Kite that knows the universe, by the clock it is given. */
export async function kite(
  keepsLimits = true,
): Promise<KiteVenue & { readonly env: Readonly<Record<string, string>>; useClock(clock: MovedClock): void }> {
  let clock: MovedClock | undefined;
  const now = (): number => clock?.now() ?? Date.parse('2026-10-30T10:00:00+05:30');
  const venue = await startKiteVenue({ instruments: instrumentsFor(universe.map(({ key }) => key)), now, keepsLimits });
  closers.push(() => venue.close());
  const env = {
    TICKSCOPE_KITE_API_URL: venue.apiUrl,
    TICKSCOPE_KITE_WS_URL: venue.wsUrl,
    TICKSCOPE_KITE_API_KEY: venue.apiKey,
    TICKSCOPE_KITE_ACCESS_TOKEN: venue.accessToken,
  };
  // A spread would freeze the getters, so the venue itself is extended.
  return Object.assign(venue, {
    env,
    useClock(given: MovedClock): void {
      clock = given;
    },
  });
}
