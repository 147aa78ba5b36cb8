import type { ConnectionMetrics } from '../../../contract/connection.ts';
import type { EpochMs } from '../../../core/brand.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock } from '../../engine/ports.ts';

/** What a supervisor tells of its connection. */
export interface ConnectionRecord {
  status(state: FeedStatus['state']): void;
  /** A socket is open, and the venue let us in. */
  connected(): void;
  /** A message came, at `now` where the moment is known already. */
  heard(bytes: number, now?: EpochMs): void;
  /** The newest message had a price in it. */
  data(now?: EpochMs): void;
  /** A connection was lost, refused or not made. */
  lost(): void;
  dropped(messages: number): void;
}

/** Counts what happens on one connection, from the start of the feed on. */
export class Meter implements ConnectionRecord {
  readonly #name: string;
  readonly #clock: Clock;
  #state: FeedStatus['state'] = 'idle';
  #messages = 0;
  #bytes = 0;
  #errors = 0;
  #drops = 0;
  #connects = 0;
  #rotations = 0;
  #connectedAt: EpochMs | undefined;
  #lastMessageAt: EpochMs | undefined;
  #lastDataAt: EpochMs | undefined;
  #latencyMs: number | undefined;
  /** How many instruments, or topics, are asked for; told by the adapter. */
  subscriptions = 0;

  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  get metrics(): ConnectionMetrics {
    return {
      name: this.#name,
      state: this.#state,
      messages: this.#messages,
      bytes: this.#bytes,
      errors: this.#errors,
      drops: this.#drops,
      reconnects: Math.max(0, this.#connects - 1),
      rotations: this.#rotations,
      connectedAt: this.#connectedAt,
      lastMessageAt: this.#lastMessageAt,
      lastDataAt: this.#lastDataAt,
      latencyMs: this.#latencyMs,
      subscriptions: this.subscriptions,
    };
  }

  /** Half a round trip, as the venue's answer to a heartbeat shows it. */
  latency(ms: number): void {
    // A clock that was set back meanwhile measures nothing.
    if (ms >= 0) this.#latencyMs = ms;
  }

  /** A fresh connection took over from one that was still well. */
  rotated(): void {
    this.#rotations += 1;
    this.#connectedAt = this.#clock.now();
  }

  /** A message was refused. */
  error(): void {
    this.#errors += 1;
  }

  status(state: FeedStatus['state']): void {
    this.#state = state;
    if (state !== 'live' && state !== 'stale') this.#connectedAt = undefined;
  }

  connected(): void {
    this.#connects += 1;
    this.#connectedAt = this.#clock.now();
  }

  heard(bytes: number, now = this.#clock.now()): void {
    this.#messages += 1;
    this.#bytes += bytes;
    this.#lastMessageAt = now;
  }

  data(now = this.#clock.now()): void {
    this.#lastDataAt = now;
  }

  lost(): void {
    this.#errors += 1;
  }

  dropped(messages: number): void {
    this.#drops += messages;
  }
}
