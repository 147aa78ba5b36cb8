import type { Candle } from '../../src/core/candle.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import type { OrderUpdate } from '../../src/core/order-update.ts';
import type { Tick } from '../../src/core/tick.ts';
import type { FeedSink } from '../../src/main/engine/ports.ts';

/** Writes down what a feed tells. Of very many ticks only the newest are kept; all are counted. */
export class FeedNotes implements FeedSink {
  readonly statuses: FeedStatus[] = [];
  readonly rejects: { readonly reason: string; readonly detail: string }[] = [];
  /** Prices told as looked at, not as traded. */
  readonly pictures: Tick[] = [];
  /** The venue's own bars, in order. */
  readonly candles: { readonly candle: Candle; readonly closed: boolean }[] = [];
  readonly orders: OrderUpdate[] = [];
  drops = 0;
  tickCount = 0;
  messages = 0;
  bytes = 0;
  #recent: Tick[] = [];
  readonly #keep: number;

  constructor(keep = 10_000) {
    this.#keep = keep;
  }

  get recent(): readonly Tick[] {
    return this.#recent;
  }

  get last(): FeedStatus | undefined {
    return this.statuses.at(-1);
  }

  /** The states so far, in words: `connecting live waiting …`. */
  get story(): string {
    return this.statuses.map(({ state }) => state).join(' ');
  }

  forget(): void {
    this.#recent = [];
  }

  ticks(ticks: readonly Tick[]): void {
    this.tickCount += ticks.length;
    this.#recent.push(...ticks);
    if (this.#recent.length > 2 * this.#keep) this.#recent = this.#recent.slice(-this.#keep);
  }

  quotes(ticks: readonly Tick[]): void {
    this.pictures.push(...ticks);
  }

  bars(): void {}

  progress(): void {}

  status(status: FeedStatus): void {
    this.statuses.push(status);
  }

  rejected(reason: string, detail: string): void {
    this.rejects.push({ reason, detail });
  }

  dropped(messages: number): void {
    this.drops += messages;
  }

  candle(candle: Candle, closed: boolean): void {
    this.candles.push({ candle, closed });
  }

  order(update: OrderUpdate): void {
    this.orders.push(update);
  }

  heard(bytes: number): void {
    this.messages += 1;
    this.bytes += bytes;
  }
}
