import type { BrokerManifest } from '../../src/contract/manifest.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { BrokerLogin, BrokerModule } from '../../src/main/brokers/broker-module.ts';
import type { SecretVault } from '../../src/main/engine/ports.ts';
import { createLoginDesk, type LoginDeskParts } from '../../src/main/logins/login-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QuietLogger } from '../support/quiet-logger.ts';

const MANIFEST: BrokerManifest = {
  id: 'hand',
  label: 'Hand Broker',
  description: 'For tests.',
  credentialFields: [
    { name: 'user', label: 'User', secret: false, hint: '' },
    { name: 'password', label: 'Password', secret: true, hint: '' },
  ],
  limits: { instrumentsPerSocket: 1, sockets: 1 },
  can: { stream: true, quotes: false, history: false, orders: false },
  world: 'market',
  login: { browser: true, unattended: ['user', 'password'] },
};

/** A vault without a file. */
export class HandVault implements SecretVault {
  readonly #fields = new Map<string, Record<string, string>>();
  readonly written: Readonly<Record<string, string>>[] = [];

  read(broker: string): Readonly<Record<string, string>> {
    return { ...this.#fields.get(broker) };
  }
  write(broker: string, fields: Readonly<Record<string, string>>): void {
    this.written.push(fields);
    this.#fields.set(broker, { ...this.#fields.get(broker), ...fields });
  }
  savedAt(): EpochMs | undefined {
    return undefined;
  }
}

/** A login desk over one broker whose logins are written by the test, with everything it was told. */
export function startDesk(login: BrokerLogin | undefined, changes: Partial<LoginDeskParts> = {}) {
  const clock = new FakeClock(1_800_000_000_000);
  const vault = new HandVault();
  vault.write('hand', { user: 'AB1234', password: 'hunter22' });
  const logger = new QuietLogger();
  const told: string[] = [];
  const module: BrokerModule = {
    manifest: MANIFEST,
    open: async () => Promise.reject(new Error('nobody opens it')),
    ...(login && { login }),
  };
  const desk = createLoginDesk({
    brokers: [module],
    vault,
    clock,
    logger,
    endpointsOf: () => ({ login: 'http://127.0.0.1:1' }),
    optionsOf: () => ({ region: 'in' }),
    redirectAddress: (broker) => `http://127.0.0.1:4210/login/${broker}`,
    doorOrigin: () => 'http://127.0.0.1:4210',
    onCredentials: async (broker) => {
      told.push(broker);
    },
    ...changes,
  });
  return { desk, clock, vault, logger, told };
}
