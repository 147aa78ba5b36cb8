import { join } from 'node:path';
import { type Settings, settingsSchema } from '../../contract/settings.ts';
import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Instrument } from '../../core/instrument.ts';
import { setupOf } from '../broker-setup.ts';
import type { BrokerModule, BrokerSession, OpenContext } from '../brokers/broker-module.ts';
import type { WireTap } from '../brokers/transport/wire-tap.ts';
import type { Clock, Logger, SecretVault } from '../engine/ports.ts';
import { createFileVault } from '../platform/file-vault.ts';
import { createRedactor, type Redactor } from '../platform/redactor.ts';
import { systemClock } from '../platform/system-clock.ts';
import type { CliIo } from './cli-command.ts';
import { type KnownMarket, openKnownMarket } from './known-market.ts';
import { readSavedSettings } from './saved-settings.ts';
import { dataFolder } from './store-options.ts';

/** Opening that takes longer is told of, or it looks as if nothing happened. */
const SLOW_MS = 5 * SECOND_MS;

/** What a verb needs to open a venue without the app: credentials, settings, calendars. */
export interface VenueDesk {
  readonly dir: string;
  readonly settings: Settings;
  readonly market: KnownMarket;
  readonly vault: SecretVault;
  /** Tells warnings and errors beside the output, without secrets. */
  readonly logger: Logger;
  readonly clock: Clock;
  readonly env: CliIo['env'];
}

/** Credentials come from the environment, or else from the vault of the data folder; settings from there too. */
export function openVenueDesk({ data }: { readonly data?: string | undefined }, io: CliIo): VenueDesk {
  const dir = dataFolder({ data }, io);
  const redactor = createRedactor();
  const logger = talkingLogger(io, redactor);
  const vault = createFileVault(join(dir, 'vault.json'), {
    clock: systemClock,
    env: io.env,
    hide: (value) => redactor.hide(value),
    warn: (message) => logger.warn(message),
  });
  const settings = readSavedSettings(dir, (message) => logger.warn(message)) ?? settingsSchema.parse({});
  return { dir, settings, market: openKnownMarket(dir, io), vault, logger, clock: systemClock, env: io.env };
}

function talkingLogger({ talk }: Pick<CliIo, 'talk'>, redactor: Redactor): Logger {
  const say = (message: string): void => void talk.write(`${redactor.text(message)}\n`);
  return {
    info: () => undefined,
    warn: (message, context) => say(context === undefined ? message : `${message} ${JSON.stringify(context)}`),
    error: ({ message }) => say(message),
  };
}

export interface OpenVenue {
  readonly broker: BrokerModule;
  readonly instruments: readonly Instrument[];
  readonly cacheDir: string;
  readonly tap?: WireTap | undefined;
}

/**
 * Opens a venue. Where its login has ended and the credentials allow one without a browser, it is made once, and kept.
 * Throws the venue's AppError; rejects with `stop`'s reason when that aborts.
 */
export async function openVenue(venue: OpenVenue, desk: VenueDesk, stop: AbortSignal): Promise<BrokerSession> {
  stop.throwIfAborted();
  const { label } = venue.broker.manifest;
  const cancel = desk.clock.after(SLOW_MS, () =>
    desk.logger.warn(
      `${label} is slow to answer. Tickscope goes on asking, for minutes where its limits want that; Ctrl-C ends it.`,
    ),
  );
  let giveUp = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(stop.reason);
    stop.addEventListener('abort', giveUp, { once: true });
  });
  try {
    // Opening has time limits of its own and takes no signal; what it opens after that is thrown away.
    return await Promise.race([openOrLogIn(venue, desk, stop), stopped]);
  } finally {
    cancel();
    stop.removeEventListener('abort', giveUp);
  }
}

async function openOrLogIn(venue: OpenVenue, desk: VenueDesk, stop: AbortSignal): Promise<BrokerSession> {
  const { broker } = venue;
  const { id, label, login } = broker.manifest;
  try {
    return await broker.open(contextFor(venue, desk));
  } catch (thrown) {
    stop.throwIfAborted();
    const unattended = broker.login?.unattended;
    if (!(thrown instanceof AppError) || thrown.code !== 'auth-expired' || unattended === undefined) throw thrown;
    const setup = setupOf(broker, { ...desk, feed: desk.settings.feed });
    if (!(login?.unattended ?? []).every((name) => setup.credentials[name])) throw thrown;
    desk.logger.warn(`Logging in at ${label}.`);
    const fields = await unattended(setup, stop);
    desk.vault.write(id, fields);
    return broker.open(withFields(contextFor(venue, desk), fields));
  }
}

function contextFor({ broker, instruments, cacheDir, tap }: OpenVenue, desk: VenueDesk): OpenContext {
  const { settings, market, vault, logger } = desk;
  return {
    ...setupOf(broker, { ...desk, feed: settings.feed }),
    saveCredentials: (fields) => vault.write(broker.manifest.id, fields),
    instruments,
    renames: market.renames,
    settings: settings.feed,
    calendarOf: (segment) => market.calendarOf(segment),
    tap,
    cacheDir,
    resumeAt: undefined,
    logger,
  };
}

/** The environment goes before the vault, also where it still holds yesterday's token. */
function withFields(context: OpenContext, fields: Readonly<Record<string, string>>): OpenContext {
  return { ...context, credentials: { ...context.credentials, ...fields } };
}
