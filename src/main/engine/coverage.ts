import type { EpochMs } from '../../core/brand.ts';
import type { MarketLag } from './market-lag.ts';

/**
 * What is known whole of one instrument: history up to `through`, and what the feed told without a gap since
 * `since`. A bar is whole when these two leave no hole in it.
 */
export class Coverage {
  readonly #lag: Pick<MarketLag, 'ms'>;
  #through: number = Number.NEGATIVE_INFINITY;
  /** By our clock. */
  #begunAt: number = Number.POSITIVE_INFINITY;

  constructor(lag: Pick<MarketLag, 'ms'>) {
    this.#lag = lag;
  }

  /** By the exchange's clock. */
  get #since(): number {
    return this.#begunAt - this.#lag.ms;
  }

  get through(): number {
    return this.#through;
  }

  /** The feed tells every trade from `time` by our clock on. */
  begin(time: number): void {
    this.#begunAt = time;
  }

  /** The feed stopped telling; what it told before is worth no more than its bars until history has confirmed them. */
  end(): void {
    this.#begunAt = Number.POSITIVE_INFINITY;
  }

  /** History is known up to `time`. */
  known(time: EpochMs): void {
    this.#through = Math.max(this.#through, time);
  }

  /** Whether the feed alone told all of a bar that opened then. */
  saw(openTime: number): boolean {
    return this.#since <= openTime;
  }

  /** Whether a bar that has closed is known whole, be it from the feed or from history. */
  isWhole(openTime: number, closeTime: number): boolean {
    return closeTime <= this.#through || this.#since <= Math.max(openTime, this.#through);
  }

  /** The instant up to which history must be asked so that there is no hole; undefined when there is none, or no feed. */
  get hole(): number | undefined {
    return Number.isFinite(this.#since) && this.#since > this.#through ? this.#since : undefined;
  }
}
