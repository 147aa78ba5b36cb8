import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { MarketLag } from './market-lag.ts';

/** So long after it began, the lag between the exchange's clock and ours is known well enough to stand. */
const SETTLED_MS = 2 * MINUTE_MS;

/**
 * The stretch of exchange time that the feed is telling without a gap: from when it began to the last word heard
 * of it. A line may be dead for a while before anyone notices, so nothing is claimed beyond that word.
 */
export class Hearing {
  readonly #lag: Pick<MarketLag, 'ms'>;
  /** By our clock, as long as the lag may still become better known. */
  #begunAt: number | undefined;
  #since: number | undefined;
  #isOnlyWitness = false;
  #through: number = Number.NEGATIVE_INFINITY;
  /** The last trade, as `#through` is the last word. */
  #tradedThrough: number = Number.NEGATIVE_INFINITY;

  constructor(lag: Pick<MarketLag, 'ms'>) {
    this.#lag = lag;
  }

  /**
   * The feed tells every trade from `now` by our clock on. `isOnlyWitness`: nobody else can tell more than it does,
   * so a bar is as whole as it will ever be, whatever came before.
   */
  begin(now: number, isOnlyWitness = false): void {
    this.#begunAt = now;
    this.#isOnlyWitness = isOnlyWitness;
    this.#since = undefined;
    this.#through = Number.NEGATIVE_INFINITY;
    this.#tradedThrough = Number.NEGATIVE_INFINITY;
  }

  /** A trade came at `now` by our clock. */
  traded(now: number): void {
    this.heard(now);
    this.#tradedThrough = this.#through;
  }

  /** Since `then` by our clock the feed may have been mute, heartbeats or not: the last trade counts, if it came later. */
  doubt(then: number): void {
    this.#through = Math.min(this.#through, Math.max(this.#tradedThrough, then - this.#lag.ms));
  }

  /** The feed spoke at `now` by our clock: all that happened before has been told. */
  heard(now: number): void {
    if (this.#begunAt === undefined) return;
    const through = now - this.#lag.ms;
    if (through > this.#through) this.#through = through;
    if (this.#since === undefined && now - this.#begunAt > SETTLED_MS) this.#since = this.#begun(this.#begunAt);
  }

  /** Since when all that can be known is told, by the exchange's clock; +Infinity while nothing is. */
  get since(): number {
    if (this.#begunAt === undefined) return Number.POSITIVE_INFINITY;
    return this.#isOnlyWitness ? Number.NEGATIVE_INFINITY : this.#begun(this.#begunAt);
  }

  get isTelling(): boolean {
    return this.#begunAt !== undefined;
  }

  /** What has been told so far; undefined while nothing has. */
  get told(): Span | undefined {
    if (this.#begunAt === undefined) return undefined;
    const since = this.#begun(this.#begunAt);
    return this.#through > since ? { open: since as EpochMs, close: this.#through as EpochMs } : undefined;
  }

  /** The feed tells no more. Answers what it told. */
  end(): Span | undefined {
    const { told } = this;
    this.#begunAt = undefined;
    this.#since = undefined;
    return told;
  }

  #begun(begunAt: number): number {
    return this.#since ?? begunAt - this.#lag.ms;
  }
}
