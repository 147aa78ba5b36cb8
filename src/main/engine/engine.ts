import type { Examination } from '../../contract/doctor.ts';
import type { EngineBatch, EngineEvent, LogLine, Snapshot } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { RuleBookState } from '../../contract/rules.ts';
import type { RunningMode, Settings, SettingsPatch } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { LISTED_ALERTS } from './alert-desk.ts';
import { CredentialDesk } from './credential-desk.ts';
import { checkFeed, worldOf } from './feed-choice.ts';
import { createHandlers } from './handlers.ts';
import type { EngineHost } from './host.ts';
import type { LoginDoor } from './login-door.ts';
import type { OpenedWorld } from './opened-world.ts';
import type { Doctor, Logger, LoginDesk, SecretVault } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { RuleBook } from './rule-book.ts';
import type { SettingsDesk } from './settings-desk.ts';
import type { World } from './world.ts';

export interface EngineParts {
  readonly publisher: Publisher;
  readonly settings: SettingsDesk;
  readonly book: RuleBook;
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
  readonly credentials: CredentialDesk;
  readonly #parts: EngineParts;
  #opened: OpenedWorld | undefined;
  /** Changes of the world happen one after another. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #ended = new AbortController();
  #closed = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.credentials = new CredentialDesk({
      ...parts,
      stop: this.#ended.signal,
      settings: () => this.settings,
      world: () => this.#opened?.world,
      reopen: () => this.#reopen(),
      enqueue: (task) => this.#enqueue(task),
      publish: (event) => this.publish(event),
    });
  }

  /** The running world. Throws an AppError while one gives way to another. */
  get opened(): OpenedWorld {
    if (this.#opened !== undefined) return this.#opened;
    throw new AppError('internal', 'The feed is being changed. Try again in a moment.');
  }

  get book(): RuleBook {
    return this.#parts.book;
  }

  /** Aborts when the engine ends. */
  get stopped(): AbortSignal {
    return this.#ended.signal;
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
      brokers: this.credentials.brokers(),
      alerts: store.alerts(LISTED_ALERTS),
      rules: this.#ruleStates(world),
      ...world.snapshot(),
    };
  }

  /** The book changed: the world follows, and every screen hears of it. */
  followRules(): Promise<RuleBookState> {
    return this.#enqueue(async () => {
      const { world } = this.opened;
      await world.rules.follow();
      const rules = this.#ruleStates(world);
      this.publish({ type: 'rules', rules });
      return rules;
    });
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
      this.publish({ type: 'rules', rules: this.#ruleStates(this.opened.world) });
      return now;
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
    this.#opened?.world.wake();
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

  #ruleStates(world: World): RuleBookState {
    return world.rules.states((id) => this.book.isShipped(id));
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
