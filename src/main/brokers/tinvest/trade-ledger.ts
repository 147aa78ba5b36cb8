import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { VenueTrade } from './messages.ts';

/** How much of the newest past is remembered by itself. */
const MEMORY_MS = 10 * SECOND_MS;
/** Beyond this many the oldest go, whatever their age. */
const MOST = 50_000;

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
  #newest = Number.NEGATIVE_INFINITY;
  /** Nothing later than this is forgotten while it is set. */
  #keepFrom = Number.POSITIVE_INFINITY;

  /** The newest stamp; undefined before the first trade. */
  get newest(): EpochMs | undefined {
    return Number.isFinite(this.#newest) ? (this.#newest as EpochMs) : undefined;
  }

  note(trade: VenueTrade): void {
    this.#told.push({ time: trade.time, mark: markOf(trade) });
    this.#newest = Math.max(this.#newest, trade.time);
    if (this.#told.length > 1_000 && this.#told.length % 1_000 === 0) this.#prune();
  }

  /** From now on remember everything since `time`, however long it takes until it is asked. */
  hold(time: EpochMs): void {
    this.#keepFrom = time;
  }

  /**
   * Of `rows`, all the trades since `from` as the venue's memory has them, those that were not told: equal ones count
   * one by one. They are taken as told from here on.
   */
  missed(rows: readonly VenueTrade[], from: EpochMs): readonly VenueTrade[] {
    const counts = new Map<string, number>();
    for (const { time, mark } of this.#told) if (time >= from) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    const surplus = rows.filter((row) => {
      if (row.time < from) return false;
      const mark = markOf(row);
      const left = counts.get(mark) ?? 0;
      counts.set(mark, left - 1);
      return left <= 0;
    });
    this.#keepFrom = Number.POSITIVE_INFINITY;
    for (const trade of surplus) this.note(trade);
    return surplus;
  }

  #prune(): void {
    const oldest = Math.min(this.#newest - MEMORY_MS, this.#keepFrom);
    this.#told = this.#told.filter(({ time }) => time >= oldest).slice(-MOST);
  }
}

function markOf({ time, price, quantity, side }: VenueTrade): string {
  return `${time} ${price} ${quantity} ${side ?? ''}`;
}
