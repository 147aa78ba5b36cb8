import type { Candle, Provenance } from '../../core/candle.ts';
import { AppError } from '../../core/errors.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock } from './ports.ts';
import type { Store } from './store-port.ts';

/** One transaction for whatever closed in a quarter of a second: scattered single inserts would cost eight times as much. */
const FLUSH_MS = 250;

/** Bars and ticks held back while the disk refuses them: an hour of fifty instruments' base bars. */
const MAX_HELD = 36_000;

/** Gathers closed bars and ticks, and stores them together. What it holds can be had again from history. */
export class Journal {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onTrouble: (error: AppError) => void;
  #candles = new Map<Provenance, Candle[]>();
  #ticks: Tick[] = [];
  #held = 0;
  #cancel: (() => void) | undefined;
  /** Bars and ticks given up because the disk refused them too long. */
  dropped = 0;

  constructor(store: Store, clock: Clock, onTrouble: (error: AppError) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onTrouble = onTrouble;
  }

  candle(candle: Candle, provenance: Provenance): void {
    const batch = this.#candles.get(provenance);
    if (batch === undefined) this.#candles.set(provenance, [candle]);
    else batch.push(candle);
    this.#arm();
  }

  tick(tick: Tick): void {
    this.#ticks.push(tick);
    this.#arm();
  }

  /** Stores what is waiting, now. Readers call it first, so that what they read is whole. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#held === 0) return;
    try {
      this.#store.saveBars({
        batches: [...this.#candles].map(([provenance, candles]) => ({ candles, provenance })),
      });
      if (this.#ticks.length > 0) this.#store.saveTicks(this.#ticks);
      this.#forget();
    } catch (thrown) {
      const error = AppError.from(thrown);
      this.#onTrouble(error);
      if (this.#held <= MAX_HELD) return;
      this.dropped += this.#held;
      const lost = `${this.#held} bars and ticks could not be stored and are given up. ${error.message}`;
      this.#onTrouble(new AppError(error.code, lost, { cause: error }));
      this.#forget();
    }
  }

  #arm(): void {
    this.#held += 1;
    this.#cancel ??= this.#clock.after(FLUSH_MS, () => this.flush());
  }

  #forget(): void {
    this.#candles = new Map();
    this.#ticks = [];
    this.#held = 0;
  }
}
