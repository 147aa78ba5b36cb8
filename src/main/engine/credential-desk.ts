import type { BrokerState, EngineEvent, LoginStart } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import type { LoginDoor } from './login-door.ts';
import type { LoginDesk, SecretVault } from './ports.ts';
import type { World } from './world.ts';

export interface CredentialDeskParts {
  readonly manifests: readonly BrokerManifest[];
  readonly vault: SecretVault;
  readonly logins: LoginDesk & LoginDoor;
  readonly stop: AbortSignal;
  settings(): Settings;
  /** The running world, if one runs. */
  world(): World | undefined;
  reopen(): Promise<void>;
  /** Changes of the world happen one after another. */
  enqueue<Result>(task: () => Promise<Result>): Promise<Result>;
  publish(event: EngineEvent): void;
}

/** Takes credentials into the vault, and lets the feed that they belong to go on with them. */
export class CredentialDesk {
  readonly #parts: CredentialDeskParts;

  constructor(parts: CredentialDeskParts) {
    this.#parts = parts;
  }

  brokers(): readonly BrokerState[] {
    const { manifests, vault } = this.#parts;
    return manifests.map((manifest) => ({
      manifest,
      fieldsSet: Object.keys(vault.read(manifest.id)),
      savedAt: vault.savedAt(manifest.id),
    }));
  }

  /** Stores credentials; the feed they belong to, if it runs, opens anew with them. */
  async save(broker: string, fields: Readonly<Record<string, string>>): Promise<readonly BrokerState[]> {
    const manifest = this.#parts.manifests.find(({ id }) => id === broker);
    if (manifest === undefined)
      throw new AppError('invalid-input', `There is no feed named ${broker}. Choose one in Settings, under Feed.`);
    const names = manifest.credentialFields.map(({ name }) => name);
    const unknown = Object.keys(fields).find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new AppError(
        'invalid-input',
        `${broker} has no credential named ${unknown}. It has: ${names.join(', ') || 'none'}.`,
      );
    return this.#parts.enqueue(async () => {
      this.#parts.vault.write(broker, fields);
      await this.#follow(broker);
      return this.brokers();
    });
  }

  /** Logs in at a broker without anybody, or answers the page where a person does. */
  async logIn(broker: string): Promise<LoginStart> {
    const { logins, stop } = this.#parts;
    if (!(await logins.logIn(broker, stop))) return { kind: 'browser', url: await logins.page(broker) };
    await this.take(broker);
    return { kind: 'done' };
  }

  /** The vault holds new credentials of a broker: its feed, if it runs, goes on with them. */
  async take(broker: string): Promise<void> {
    await this.#parts.enqueue(() => this.#follow(broker));
  }

  /** A login that nobody need be there for: what comes of it is seen in the feed's status. */
  async recover(broker: string): Promise<void> {
    if (await this.#parts.logins.logIn(broker, this.#parts.stop)) await this.take(broker);
  }

  /** Goes on with new credentials, and tells that they are stored, even where the venue refuses them. */
  async #follow(broker: string): Promise<void> {
    try {
      if (this.#concerns(broker)) await this.#renew(broker);
    } finally {
      this.#parts.publish({ type: 'brokers', brokers: this.brokers() });
    }
  }

  /** Whether the running world has anything to do with a broker. */
  #concerns(broker: string): boolean {
    const { source, standby } = this.#parts.settings().feed;
    return broker === source || broker === standby;
  }

  /** New credentials without another world, where the broker can. */
  async #renew(broker: string): Promise<void> {
    const { vault, world, reopen } = this.#parts;
    const running = world();
    if (running === undefined || !(await running.feed.renew(broker, vault.read(broker)))) await reopen();
  }
}
