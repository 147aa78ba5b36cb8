import type { OptionValue } from '../../contract/manifest.ts';
import { AppError } from '../../core/errors.ts';
import type { BrokerModule, Endpoints, LoginContext } from '../brokers/broker-module.ts';
import type { LoginDoor, LoginOutcome } from '../engine/login-door.ts';
import type { Clock, Logger, LoginDesk, SecretVault } from '../engine/ports.ts';
import { createAttemptPause, wantsPerson } from './attempt-pause.ts';
import { createPendingLogins } from './pending-logins.ts';
import { redirectTrouble } from './redirect-trouble.ts';

export interface LoginDeskParts {
  readonly brokers: readonly BrokerModule[];
  readonly vault: SecretVault;
  readonly clock: Clock;
  readonly logger: Logger;
  endpointsOf(broker: string): Endpoints;
  /** The broker's options as they are now. */
  optionsOf(broker: string): Readonly<Record<string, OptionValue>>;
  /** Where venues send the browser back unless a person says otherwise: `http://127.0.0.1:4210/login/kite`. */
  redirectAddress(broker: string): string;
  /** Where the web door listens, such as `http://127.0.0.1:4210`; undefined where a window of ours watches for the redirect. */
  doorOrigin(): string | undefined;
  /** A person came back from the venue's page, and fresh credentials are in the vault. Not told of `logIn`, whose caller knows. */
  onCredentials(broker: string): Promise<void>;
}

/** The field in which a person says which other address the venue's app has registered. */
const REDIRECT_FIELD = 'redirectUrl';

/** Logs in at brokers, by itself or by the venue's own page. What it gets goes into the vault and nowhere else. */
export function createLoginDesk(parts: LoginDeskParts): LoginDesk & LoginDoor {
  const { brokers, vault, clock, logger } = parts;
  const pending = createPendingLogins(clock);
  const attempts = createAttemptPause(clock);
  const running = new Map<string, Promise<boolean>>();

  const find = (id: string): BrokerModule => {
    const found = brokers.find(({ manifest }) => manifest.id === id);
    if (found === undefined) throw new AppError('invalid-input', `There is no feed named ${id}. Choose another.`);
    return found;
  };
  const contextWith = (id: string, credentials: LoginContext['credentials']): LoginContext => ({
    clock,
    credentials,
    endpoints: parts.endpointsOf(id),
    options: parts.optionsOf(id),
  });
  const redirectOf = (id: string): string => vault.read(id)[REDIRECT_FIELD]?.trim() || parts.redirectAddress(id);

  const attempt = async (
    id: string,
    logIn: () => Promise<Readonly<Record<string, string>>>,
    credentials: LoginContext['credentials'],
    stop: AbortSignal,
  ): Promise<boolean> => {
    try {
      const fields = await logIn();
      attempts.succeeded(id);
      vault.write(id, fields);
      logger.info('Logged in.', { broker: id });
      return true;
    } catch (thrown) {
      stop.throwIfAborted();
      const error = AppError.from(thrown);
      attempts.failed(id, credentials, error);
      throw error;
    }
  };
  const logIn = async (id: string, stop: AbortSignal): Promise<boolean> => {
    const { manifest, login } = find(id);
    const needed = manifest.login?.unattended;
    if (login?.unattended === undefined || needed === undefined) return false;
    const credentials = vault.read(id);
    if (needed.some((name) => (credentials[name] ?? '').trim() === '')) return false;
    const already = running.get(id);
    if (already !== undefined) return already;
    attempts.check(id, credentials);
    const { unattended } = login;
    const begin = async () => unattended(contextWith(id, credentials), stop);
    const now = attempt(id, begin, credentials, stop).finally(() => running.delete(id));
    running.set(id, now);
    return now;
  };

  return {
    async logIn(id, stop) {
      try {
        return await logIn(id, stop);
      } catch (thrown) {
        // Whoever asked goes on to the page.
        if (thrown instanceof AppError && wantsPerson(thrown)) {
          logger.warn(thrown.message, { broker: id });
          return false;
        }
        throw thrown;
      }
    },

    async page(id) {
      const { manifest, login } = find(id);
      if (login?.page === undefined || login.finish === undefined)
        throw new AppError('not-supported', `${manifest.label} has no login page. Enter its credentials in Settings.`);
      const redirect = redirectOf(id);
      const trouble = redirectTrouble(manifest.label, redirect, parts.doorOrigin(), id);
      if (trouble !== undefined) throw new AppError('invalid-input', trouble);
      const state = pending.begin(id);
      try {
        return login.page(contextWith(id, vault.read(id)), redirect, state);
      } catch (thrown) {
        pending.forget(id);
        throw AppError.from(thrown);
      }
    },

    redirectOf,
    callOff: (id) => pending.forget(id),

    async finish(id, query, stop) {
      const module = brokers.find(({ manifest }) => manifest.id === id);
      if (module?.login?.finish === undefined || !pending.claim(id, query.get('state'))) return UNKNOWN;
      try {
        vault.write(id, await module.login.finish(contextWith(id, vault.read(id)), query, stop));
      } catch (thrown) {
        stop.throwIfAborted();
        const error = AppError.from(thrown);
        logger.error(error);
        return { kind: 'refused', sentence: error.message };
      }
      attempts.succeeded(id);
      logger.info('Logged in on the page of the venue.', { broker: id });
      // Opening the broker takes its time, and is told where the broker's troubles are told.
      parts.onCredentials(id).catch((thrown: unknown) => logger.error(AppError.from(thrown)));
      return {
        kind: 'done',
        sentence: `Tickscope is logged in at ${module.manifest.label}. This page can be closed.`,
      };
    },
  };
}

const UNKNOWN: LoginOutcome = {
  kind: 'unknown',
  sentence:
    'Tickscope is not waiting for this login: it was begun elsewhere, has been answered, or took more than ten minutes. Begin again in Tickscope.',
};
