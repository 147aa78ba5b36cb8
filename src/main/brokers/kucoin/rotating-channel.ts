import { MINUTE_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Socket, SocketEnd, SocketListener } from '../transport/socket.ts';
import { Channel, type ChannelEvents } from './channel.ts';
import type { Access } from './connector.ts';
import type { Refusal } from './refusal.ts';
import { ROTATION } from './wire.ts';

export interface RotationParts {
  readonly clock: Clock;
  /** How long a channel serves before a fresh one takes over. */
  readonly serviceMs: number;
  access(stop: AbortSignal): Promise<Access>;
  welcomed(): void;
  failed(topics: readonly string[], why: Refusal): void;
  expired(): void;
  complained(code: number, text: string): void;
  latency(ms: number): void;
  /** A fresh channel took over. */
  rotated(): void;
  /** It could not, and will be tried again; the one we have goes on. */
  notRotated(reason: string): void;
  failedInside: ChannelEvents['broke'];
}

/** Timers stand still while a computer sleeps: the time of service is looked at this often. */
const LOOK_MS = 10 * MINUTE_MS;

/**
 * One connection as its supervisor sees it. Behind it a channel serves for most of a day; then a fresh one is opened
 * with a token of its own, asks for all that the first carries, and takes over once everything was granted. Until then
 * both are heard. Should it fail, the first goes on and there is another try a minute later.
 */
export class RotatingChannel implements Socket {
  readonly #parts: RotationParts;
  readonly #listener: SocketListener;
  #active: Channel;
  #fresh: Channel | undefined;
  readonly #old = new Set<Channel>();
  #topics: ReadonlySet<string>;
  #cancelTimer = (): void => undefined;
  #isEnding = false;

  constructor(parts: RotationParts, topics: ReadonlySet<string>, listener: SocketListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#topics = topics;
    this.#active = this.#open();
  }

  get isReady(): boolean {
    return this.#active.isReady;
  }

  want(topics: ReadonlySet<string>): void {
    this.#topics = topics;
    this.#active.want(topics);
    this.#fresh?.want(topics);
  }

  /** Channels say what there is to say. */
  send(): void {}

  close(): void {
    this.#endOthers();
    this.#active.close();
  }

  terminate(): void {
    this.#endOthers();
    this.#active.hangUp('Hung up.');
  }

  #open(): Channel {
    const { clock, access, latency, failedInside } = this.#parts;
    const events: ChannelEvents = {
      opened: () => {
        if (channel === this.#active) this.#listener.opened();
      },
      welcomed: () => {
        if (channel !== this.#active) return;
        this.#parts.welcomed();
        this.#serve();
      },
      heard: (message) => this.#listener.received(message),
      complained: (code, text) => this.#parts.complained(code, text),
      failed: (topics, why) => {
        if (channel === this.#active) this.#parts.failed(topics, why);
        else if (channel === this.#fresh) channel.hangUp('A subscription was not granted.');
      },
      settled: () => {
        if (channel === this.#fresh) this.#takeOver(channel);
      },
      latency,
      expired: () => {
        if (channel === this.#active) this.#parts.expired();
      },
      broke: failedInside,
      closed: (end) => this.#closed(channel, end),
    };
    const channel: Channel = new Channel(clock, access, events);
    channel.want(this.#topics);
    return channel;
  }

  /** From now on the active channel's time of service counts. */
  #serve(): void {
    const { clock, serviceMs } = this.#parts;
    const due = clock.now() + serviceMs;
    const look = (): void => {
      const leftMs = due - clock.now();
      if (leftMs > 0) this.#cancelTimer = clock.after(Math.min(leftMs, LOOK_MS), look);
      else this.#fresh ??= this.#open();
    };
    look();
  }

  #takeOver(fresh: Channel): void {
    const old = this.#active;
    this.#active = fresh;
    this.#fresh = undefined;
    this.#old.add(old);
    old.close();
    this.#serve();
    this.#parts.rotated();
  }

  #closed(channel: Channel, end: SocketEnd): void {
    this.#old.delete(channel);
    if (channel === this.#fresh) {
      this.#fresh = undefined;
      if (this.#isEnding) return;
      this.#parts.notRotated(end.kind === 'lost' ? end.reason : `HTTP ${end.httpStatus}`);
      this.#cancelTimer = this.#parts.clock.after(ROTATION.againMs, () => {
        this.#fresh ??= this.#open();
      });
    } else if (channel === this.#active) {
      this.#endOthers();
      this.#listener.closed(end);
    }
  }

  #endOthers(): void {
    this.#isEnding = true;
    this.#cancelTimer();
    this.#fresh?.hangUp('Hung up.');
    for (const channel of [...this.#old]) channel.hangUp('Hung up.');
  }
}
