import type { BrokerManifest } from '../../contract/manifest.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { pause } from './pause.ts';
import type { Clock } from './ports.ts';

/** A login that was had and refused again soon after is a person's matter. */
const SECOND_TRY_MS = 10 * MINUTE_MS;

/** A venue that cannot be reached has refused nothing: it is tried again after 10, 20, 40, … 300 seconds. */
const UNREACHED_MS = { first: 10 * SECOND_MS, longest: 5 * MINUTE_MS } as const;

export interface LoginWatchParts {
  /** The one on the wall. */
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** Logs in, and lets the feed go on with it. */
  logIn(broker: string): unknown;
  onTrouble(error: AppError): void;
}

/** Sees to logins that nobody need be there for, once each time one is needed. */
export class LoginWatch {
  readonly #parts: LoginWatchParts;
  readonly #seen = new Map<string, FeedStatus>();
  readonly #askedAt = new Map<string, EpochMs>();

  constructor(parts: LoginWatchParts) {
    this.#parts = parts;
  }

  look({ id, login }: BrokerManifest, status: FeedStatus): void {
    const before = this.#seen.get(id);
    this.#seen.set(id, status);
    if (login?.unattended === undefined || status === before || !isRefused(status)) return;
    const now = this.#parts.clock.now();
    if (now - (this.#askedAt.get(id) ?? Number.NEGATIVE_INFINITY) < SECOND_TRY_MS) return;
    this.#askedAt.set(id, now);
    void this.#logIn(id);
  }

  /** Never rejects. Tells a trouble once, however often it comes again. */
  async #logIn(id: string): Promise<void> {
    const { clock, stop, logIn, onTrouble } = this.#parts;
    let told = '';
    for (let waitMs: number = UNREACHED_MS.first; ; waitMs = Math.min(2 * waitMs, UNREACHED_MS.longest)) {
      try {
        await logIn(id);
        return;
      } catch (thrown) {
        if (stop.aborted) return;
        const error = AppError.from(thrown);
        if (error.message !== told) onTrouble(error);
        told = error.message;
        if (error.code !== 'network') return;
      }
      await pause(clock, waitMs, stop);
      // Meanwhile a person may have logged in, or stopped the feed.
      const status = this.#seen.get(id);
      if (stop.aborted || status === undefined || !isRefused(status)) return;
      this.#askedAt.set(id, clock.now());
    }
  }
}

function isRefused(status: FeedStatus): boolean {
  return status.state === 'stopped' && status.reason === 'auth-expired';
}
