import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { VenueTrade } from './messages.ts';

/** How much of the newest past is remembered by itself. */
const MEMORY_MS = 10 * SECOND_MS;
/** Beyond this many the oldest go, whatever their age. */
const MOST = 50_000;
const PRUNE_EVERY = 1_000;

interface Told {
  readonly time: EpochMs;
  readonly mark: string;
}

/**
 * Remembers the trades of one instrument that were told lately, to tell those that were missed from those that were not:
 * trades have no id, and several with equal time, price, quantity and direction are usual. What counts is how many there
 * are of each.
 */
export class TradeLedger {
  #told: Told[] = [];
  /** Told from the venue's memory, and perhaps on its way on the stream as well. */
  readonly #owed = new Map<string, number>();
  #newest = Number.NEGATIVE_INFINITY;
  /** Nothing later than this is forgotten while it is set. */
  #keepFrom = Number.POSITIVE_INFINITY;

  /** The newest stamp; undefined before the first trade. */
  get newest(): EpochMs | undefined {
    return Number.isFinite(this.#newest) ? (this.#newest as EpochMs) : undefined;
  }

  /** Notes a trade of the stream. False when it was told from the venue's memory already. */
  take(trade: VenueTrade): boolean {
    const mark = markOf(trade);
    const owed = this.#owed.get(mark);
    if (owed !== undefined) {
      if (owed > 1) this.#owed.set(mark, owed - 1);
      else this.#owed.delete(mark);
      return false;
    }
    this.#note(trade.time, mark);
    return true;
  }

  /** From now on remember everything since `time`, until `missed` is asked or the asking is called off. */
  hold(time: EpochMs | undefined): void {
    this.#keepFrom = time ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Of `rows`, all the trades since `from` as the venue's memory has them, those that were not told: equal ones count
   * one by one. They are taken as told from here on, and passed over should the stream bring them still.
   */
  missed(rows: readonly VenueTrade[], from: EpochMs): readonly VenueTrade[] {
    const counts = new Map<string, number>();
    for (const { time, mark } of this.#told) if (time >= from) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    this.#owed.clear();
    this.hold(undefined);
    return rows.filter((row) => {
      if (row.time < from) return false;
      const mark = markOf(row);
      const left = counts.get(mark) ?? 0;
      counts.set(mark, left - 1);
      if (left > 0) return false;
      this.#note(row.time, mark);
      this.#owed.set(mark, (this.#owed.get(mark) ?? 0) + 1);
      return true;
    });
  }

  #note(time: EpochMs, mark: string): void {
    this.#told.push({ time, mark });
    this.#newest = Math.max(this.#newest, time);
    if (this.#told.length >= PRUNE_EVERY && this.#told.length % PRUNE_EVERY === 0) this.#prune();
  }

  #prune(): void {
    const oldest = Math.min(this.#newest - MEMORY_MS, this.#keepFrom);
    this.#told = this.#told.filter(({ time }) => time >= oldest).slice(-MOST);
  }
}

function markOf({ time, price, quantity, side }: VenueTrade): string {
  return `${time} ${price} ${quantity} ${side ?? ''}`;
}
