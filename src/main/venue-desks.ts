import type { Settings } from '../contract/settings.ts';
import type { Calendar } from '../core/calendar.ts';
import type { SymbolRename } from '../core/corporate-action.ts';
import type { Instrument, Segment } from '../core/instrument.ts';
import { brokerOf, setupOf } from './broker-setup.ts';
import type { BrokerModule, LoginContext } from './brokers/broker-module.ts';
import { createDoctor } from './doctor/doctor.ts';
import type { Engine } from './engine/engine.ts';
import type { Clock, Logger, SecretVault } from './engine/ports.ts';
import { USUAL_PORT } from './launch-options.ts';
import { createLoginDesk } from './logins/login-desk.ts';
import type { DataPaths } from './platform/paths.ts';
import { watchedInstruments } from './watched-instruments.ts';

/** What a person registers at a venue: the web door's usual address. */
const USUAL_ORIGIN = `http://127.0.0.1:${USUAL_PORT}`;

export interface VenueDesksParts {
  readonly brokers: readonly BrokerModule[];
  readonly clock: Clock;
  readonly vault: SecretVault;
  readonly logger: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paths: DataPaths;
  readonly universe: { readonly instruments: readonly Instrument[]; readonly renames: readonly SymbolRename[] };
  readonly doorOrigin?: (() => string | undefined) | undefined;
  settings(): Settings;
  calendarOf(segment: Segment): Calendar;
  /** There once the first world is to be opened. */
  engine(): Engine;
}

/** The desk that logs in at venues, and the doctor who looks into them: neither needs a running feed. */
export function venueDesks(parts: VenueDesksParts) {
  const { brokers, clock, vault, logger, env, paths, universe, settings, calendarOf, engine } = parts;
  const setup = (id: string): LoginContext =>
    setupOf(brokerOf(brokers, id), { clock, vault, env, feed: settings().feed });
  const logins = createLoginDesk({
    brokers,
    vault,
    clock,
    logger,
    endpointsOf: (id) => setup(id).endpoints,
    optionsOf: (id) => setup(id).options,
    redirectAddress: (id) => `${USUAL_ORIGIN}/login/${id}`,
    doorOrigin: () => parts.doorOrigin?.(),
    onCredentials: (id) => engine().credentials.take(id),
  });
  const doctor = createDoctor({
    brokers,
    clock,
    vault,
    logger,
    dataDir: paths.dir,
    cacheDir: paths.cache,
    renames: universe.renames,
    settings,
    calendarOf,
    endpointsOf: (id) => setup(id).endpoints,
    optionsOf: ({ id }) => setup(id).options,
    instrumentsOf: (manifest) => watchedInstruments(manifest, settings().feed, universe.instruments),
    running: (id) => engine().runningFeed(id),
  });
  return { logins, doctor };
}
