import type { BrokerManifest } from '../../contract/manifest.ts';
import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Clock } from './ports.ts';

/** A login that was had and refused again soon after is a person's matter. */
const SECOND_TRY_MS = 10 * MINUTE_MS;

/** Asks for a login that nobody need be there for, once each time one is needed. */
export class LoginWatch {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ask: (broker: string) => void;
  readonly #seen = new Map<string, FeedStatus>();
  readonly #askedAt = new Map<string, EpochMs>();

  /** `clock` is the one on the wall. */
  constructor(clock: Pick<Clock, 'now'>, ask: (broker: string) => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  look({ id, login }: BrokerManifest, status: FeedStatus): void {
    const before = this.#seen.get(id);
    this.#seen.set(id, status);
    if (login?.unattended === undefined || status === before) return;
    if (status.state !== 'stopped' || status.reason !== 'auth-expired') return;
    const now = this.#clock.now();
    if (now - (this.#askedAt.get(id) ?? Number.NEGATIVE_INFINITY) < SECOND_TRY_MS) return;
    this.#askedAt.set(id, now);
    this.#ask(id);
  }
}
