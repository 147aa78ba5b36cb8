import type { Examination } from '../../contract/doctor.ts';
import type { BrokerState, EngineBatch, EngineEvent, LoginStart, LogLine, Snapshot } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { RunningMode, Settings, SettingsPatch } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { LISTED_ALERTS } from './alert-desk.ts';
import { checkFeed, worldOf } from './feed-choice.ts';
import { createHandlers } from './handlers.ts';
import type { EngineHost } from './host.ts';
import type { LoginDoor } from './login-door.ts';
import type { OpenedWorld } from './opened-world.ts';
import type { Doctor, Logger, LoginDesk, SecretVault } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { SettingsDesk } from './settings-desk.ts';

const NO_ORDERS: Snapshot['orders'] = {
  enabled: false,
  positions: [],
  orders: [],
  realisedToday: 0,
  unrealised: 0,
  ordersToday: 0,
  mostOrdersToday: 0,
};

export interface EngineParts {
  readonly publisher: Publisher;
  readonly settings: SettingsDesk;
  readonly vault: SecretVault;
  readonly logger: Logger;
  readonly version: string;
  readonly manifests: readonly BrokerManifest[];
  readonly doctor: Doctor;
  readonly logins: LoginDesk & LoginDoor;
  /** The newest lines of the log, oldest first. */
  logTail(lines: number): readonly LogLine[];
  /** Opens the world that the settings ask for. A broker that cannot be opened still gives a world to look at. */
  openWorld(settings: Settings): Promise<OpenedWorld>;
}

/** The engine behind its doors: settings, credentials, and one world at a time. */
export class Engine implements EngineHost {
  readonly handlers = createHandlers(this);
  readonly #parts: EngineParts;
  #opened: OpenedWorld | undefined;
  /** Changes of the world happen one after another. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #ended = new AbortController();
  #closed = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** The running world. Throws an AppError while one gives way to another. */
  get opened(): OpenedWorld {
    if (this.#opened !== undefined) return this.#opened;
    throw new AppError('internal', 'The feed is being changed. Try again in a moment.');
  }

  get logins(): LoginDoor {
    return this.#parts.logins;
  }

  get settings(): Settings {
    return this.#parts.settings.current;
  }

  /** Opens the first world. */
  async start(): Promise<void> {
    await this.#enqueue(() => this.#open());
  }

  snapshot(): Snapshot {
    const { publisher, version } = this.#parts;
    const { world, store } = this.opened;
    publisher.flush();
    return {
      seq: publisher.seq,
      version,
      settings: this.settings,
      brokers: this.brokers(),
      alerts: store.alerts(LISTED_ALERTS),
      rules: { rules: [], sectors: [] },
      orders: NO_ORDERS,
      ...world.snapshot(),
    };
  }

  brokers(): readonly BrokerState[] {
    const { manifests, vault } = this.#parts;
    return manifests.map((manifest) => ({
      manifest,
      fieldsSet: Object.keys(vault.read(manifest.id)),
      savedAt: vault.savedAt(manifest.id),
    }));
  }

  /** Checks, keeps and applies a change of settings; every screen hears of it. */
  async updateSettings(patch: SettingsPatch): Promise<Settings> {
    return this.#enqueue(async () => {
      const before = this.settings;
      const now = this.#parts.settings.update(patch, (next) => checkFeed(next, before, this.#parts.manifests));
      this.publish({ type: 'settings', settings: now });
      // A world that could not be opened gets another try with whatever the person changes.
      if (this.#opened === undefined || worldOf(now) !== worldOf(before)) await this.#reopen();
      else await this.opened.world.apply(now, before);
      return now;
    });
  }

  /** Stores credentials; the feed they belong to, if it runs, opens anew with them. */
  async saveCredentials(broker: string, fields: Readonly<Record<string, string>>): Promise<readonly BrokerState[]> {
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
    return this.#enqueue(async () => {
      this.#parts.vault.write(broker, fields);
      await this.#follow(broker);
      return this.brokers();
    });
  }

  async reconnect(): Promise<void> {
    await this.#enqueue(async () => {
      const world = this.#opened?.world;
      if (world === undefined || world.feed.hasEnded) await this.#reopen();
      else await world.feed.reconnect();
    });
  }

  /** A broker that could not be opened can be now. */
  async reopen(): Promise<void> {
    await this.#enqueue(() => this.#reopen());
  }

  /** Ends the feed until `reconnect`. */
  async stopFeed(): Promise<void> {
    await this.#enqueue(async () => this.#opened?.world.feed.stop());
  }

  /** Runs a mode until the schedule's next boundary; undefined goes back to the schedule. */
  async holdMode(mode: RunningMode | undefined): Promise<void> {
    await this.#enqueue(async () => this.opened.world.feed.hold(mode));
  }

  /** Logs in at a broker without anybody, or answers the page where a person does. */
  async logIn(broker: string): Promise<LoginStart> {
    const { logins } = this.#parts;
    if (!(await logins.logIn(broker, this.#ended.signal))) return { kind: 'browser', url: await logins.page(broker) };
    await this.takeCredentials(broker);
    return { kind: 'done' };
  }

  /** The vault holds new credentials of a broker: its feed, if it runs, goes on with them. */
  async takeCredentials(broker: string): Promise<void> {
    await this.#enqueue(() => this.#follow(broker));
  }

  examine(broker: string = this.settings.feed.source): Promise<Examination> {
    return this.#parts.doctor.examine(broker, this.#ended.signal);
  }

  /** The feed of a broker that runs here, for whoever looks into it. */
  runningFeed(broker: string) {
    return this.#opened?.world.feed.running(broker);
  }

  logTail(lines: number): readonly LogLine[] {
    return this.#parts.logTail(lines);
  }

  async screenSeen(screen: string, isSeen: boolean): Promise<void> {
    this.#opened?.world.feed.look(screen, isSeen);
  }

  /** The computer slept, or its network changed. */
  wake(): void {
    this.#opened?.world.feed.wake();
  }

  /** A login that nobody need be there for: what comes of it is seen in the feed's status. */
  async recoverLogin(broker: string): Promise<void> {
    if (await this.#parts.logins.logIn(broker, this.#ended.signal)) await this.takeCredentials(broker);
  }

  publish(event: EngineEvent): void {
    this.#parts.publisher.publish(event);
  }

  subscribe(listener: (batch: EngineBatch) => void): () => void {
    return this.#parts.publisher.subscribe(listener);
  }

  report(error: AppError): void {
    this.#parts.logger.error(error);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended.abort();
    await this.#enqueue(() => this.#shut());
  }

  async #open(): Promise<void> {
    if (this.#closed) throw new AppError('internal', 'Tickscope is ending. Start it again.');
    this.#opened = await this.#parts.openWorld(this.settings);
    await this.#opened.world.start();
  }

  async #reopen(): Promise<void> {
    await this.#shut();
    await this.#open();
    this.publish({ type: 'reset' });
  }

  async #shut(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    try {
      await opened?.world.close();
    } finally {
      await opened?.close();
    }
  }

  /** Goes on with new credentials, and tells that they are stored, even where the venue refuses them. */
  async #follow(broker: string): Promise<void> {
    try {
      if (this.#concerns(broker)) await this.#renew(broker);
    } finally {
      this.publish({ type: 'brokers', brokers: this.brokers() });
    }
  }

  /** Whether the running world has anything to do with a broker. */
  #concerns(broker: string): boolean {
    const { source, standby } = this.settings.feed;
    return broker === source || broker === standby;
  }

  /** New credentials without another world, where the broker can. */
  async #renew(broker: string): Promise<void> {
    const { world } = this.#opened ?? {};
    if (world === undefined || !(await world.feed.renew(broker, this.#parts.vault.read(broker)))) await this.#reopen();
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
