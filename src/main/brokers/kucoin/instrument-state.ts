import type { EpochMs } from '../../../core/brand.ts';
import type { BookSides } from '../../../core/order-book.ts';
import type { BookUpdate, QuoteUpdate } from './update.ts';

/** More trades than two connections are ever apart: the newest so many are kept at least. */
const TRADES_KEPT = 1_000;

/** What must be known of an instrument to tell news from repetitions. */
export class InstrumentState {
  /** The newest price, of a trade or of a ticker. */
  last: number | undefined;
  /** Two sets that take turns: to delete the oldest of one, trade by trade, costs a walk over those deleted before. */
  #trades = new Set<string>();
  #tradesBefore: ReadonlySet<string> = new Set();
  #quoteTime = 0;
  #sequence = '';
  #bookTime = 0;
  #book: { readonly sides: BookSides; readonly receivedAt: EpochMs } | undefined;

  /** False for a trade that was told before. */
  isNewTrade(id: string): boolean {
    if (this.#trades.has(id) || this.#tradesBefore.has(id)) return false;
    this.#trades.add(id);
    if (this.#trades.size >= TRADES_KEPT) {
      this.#tradesBefore = this.#trades;
      this.#trades = new Set();
    }
    return true;
  }

  isNewerQuote({ time = 0 as EpochMs, sequence }: QuoteUpdate): boolean {
    if (time < this.#quoteTime || (time === this.#quoteTime && !isHigher(sequence, this.#sequence))) return false;
    this.#quoteTime = time;
    this.#sequence = sequence;
    return true;
  }

  isNewerBook({ time, sides }: BookUpdate, receivedAt: EpochMs): boolean {
    if (time <= this.#bookTime) return false;
    this.#bookTime = time;
    this.#book = { sides, receivedAt };
    return true;
  }

  /** The book, where it came at or after `since`. */
  bookSince(since: EpochMs): BookSides | undefined {
    return this.#book !== undefined && this.#book.receivedAt >= since ? this.#book.sides : undefined;
  }

  forgetBook(): void {
    this.#book = undefined;
  }
}

/** Of two whole numbers in text, which have more digits than a number holds. */
function isHigher(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}
