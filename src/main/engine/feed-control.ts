import type { FeedState } from '../../contract/events.ts';
import type { RunningMode, Settings } from '../../contract/settings.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Desks } from './desks.ts';
import { LoginWatch } from './login-watch.ts';
import type { WorldParts } from './world-parts.ts';

type FeedDesks = Pick<Desks, 'feed' | 'modes' | 'focus' | 'standby' | 'tracks'>;

/** What a person and the world around may do with the feed, and what the screens hear of it. */
export class FeedControl {
  readonly #parts: WorldParts;
  readonly #desks: FeedDesks;
  readonly #logins: LoginWatch;

  constructor(parts: WorldParts, desks: FeedDesks, stop: AbortSignal) {
    this.#parts = parts;
    this.#desks = desks;
    this.#logins = new LoginWatch({
      clock: parts.wall,
      stop,
      logIn: (broker) => parts.onLoginNeeded?.(broker),
      onTrouble: parts.onTrouble,
    });
  }

  get state(): FeedState {
    const { manifest, session, settings } = this.#parts;
    const { feed, modes, standby } = this.#desks;
    return {
      source: manifest.id,
      label: manifest.label,
      world: manifest.world,
      // What runs, which is not what was asked for where a feed can only stream.
      mode: feed.isStreaming ? 'streaming' : 'polling',
      ...modes.state,
      status: feed.status,
      standby: standby?.state,
      loginUntil: session.loginUntil?.(),
      speed: session.playback === undefined ? 1 : speedOf(this.#parts, settings()),
    };
  }

  /** Some venue gave up and needs to be opened again: the token may be another now. */
  get hasEnded(): boolean {
    const { status, standby, mode } = this.state;
    const all = standby !== undefined && mode === 'streaming' ? [status, standby.first, standby.status] : [status];
    return all.some(({ state }) => state === 'stopped' || state === 'finished');
  }

  tell(): void {
    this.#parts.publisher.publish({ type: 'feed', feed: this.state });
  }

  /** A status changed, of whichever venue. */
  follow(): void {
    const { manifest, standby } = this.#parts;
    const pair = this.#desks.standby?.feed;
    const { feed } = this.#desks;
    // While prices are polled the pair rests, and so does its word.
    const own = pair === undefined || !feed.isStreaming ? feed.status : pair.statusOf('first');
    this.#logins.look(manifest, own);
    if (standby !== undefined && pair !== undefined) this.#logins.look(standby.manifest, pair.statusOf('second'));
    this.tell();
  }

  start(): void {
    this.#desks.modes.follow();
    this.#desks.feed.start();
  }

  /** Ends the feed and begins it anew. */
  reconnect(): Promise<void> {
    return this.#desks.feed.restart();
  }

  /** Ends the feed until `reconnect`. */
  stop(): Promise<void> {
    return this.#desks.feed.stop();
  }

  /** Settings changed that decide how prices come in. */
  async apply(now: Settings, before: Settings): Promise<void> {
    const { modes, feed, focus } = this.#desks;
    modes.follow();
    focus.follow();
    const isOther = modes.running !== feed.mode || now.feed.pollSeconds !== before.feed.pollSeconds;
    // A feed that was ended begins with the settings of that hour; only who chooses a mode wants to see it run.
    if (isOther && (!feed.isHalted || now.feed.mode !== before.feed.mode)) await this.reconnect();
    this.tell();
  }

  /** The schedule came to its next row. */
  followMode(): void {
    const { modes, feed } = this.#desks;
    const failed = (thrown: unknown): void => this.#parts.onTrouble(AppError.from(thrown));
    // Who stopped the feed by hand begins it by hand.
    if (modes.running !== feed.mode && !feed.isHalted) this.reconnect().catch(failed);
    this.tell();
  }

  /** Runs a mode until the schedule's next boundary; undefined goes back to the schedule. */
  async hold(mode: RunningMode | undefined): Promise<void> {
    const { modes, feed } = this.#desks;
    modes.hold(mode);
    if (modes.running !== feed.mode) await this.reconnect();
    this.tell();
  }

  /** The computer slept, or its network changed. */
  wake(): void {
    const { modes, feed } = this.#desks;
    // Timers stand still in a sleep: a boundary may have gone by, and the next would be late.
    modes.follow();
    this.followMode();
    feed.wake();
  }

  /** A window came to be seen, or no longer is. */
  look(screen: string, isSeen: boolean): void {
    this.#desks.focus.look(screen, isSeen);
  }

  /** Goes on with new credentials. False where the session must be opened anew. Throws AppError when they are refused. */
  async renew(broker: string, credentials: Readonly<Record<string, string>>): Promise<boolean> {
    const { session, manifest, standby } = this.#parts;
    const venue = broker === standby?.manifest.id ? standby.session : broker === manifest.id ? session : undefined;
    if (venue?.renew === undefined) return false;
    await venue.renew(credentials);
    if (!this.#desks.feed.isResting) await this.reconnect();
    return true;
  }

  /** The feed of that broker as it can be looked at from outside, if it is one of these and streams. */
  running(broker: string) {
    const { feed, tracks, standby } = this.#desks;
    const side = broker === this.#parts.manifest.id ? 'first' : 'second';
    if (!feed.isStreaming || (side === 'second' && broker !== this.#parts.standby?.manifest.id)) return undefined;
    if (standby !== undefined) return standby.lineOf(side);
    const receivedAt = (key: InstrumentKey) => tracks.get(key)?.board.receivedAt;
    return { status: feed.status, connections: feed.connections(), receivedAt };
  }
}

/** Market seconds a second of ours lasts, as the settings say; 0 is as fast as it goes. */
export function speedOf({ manifest }: Pick<WorldParts, 'manifest'>, { feed }: Settings): number {
  return manifest.world === 'replay' ? feed.replay.speed : feed.simulator.speed;
}
