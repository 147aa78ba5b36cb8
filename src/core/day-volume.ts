/** A running total smaller than this share of the last one is a new count, not a tick that came late. */
const RESET_SHARE = 0.5;

/** What is known of a look beside its total. */
interface Look {
  /** The day's continuous trading has not begun. */
  readonly isDawn?: boolean;
  /** It was stamped no later than one before: a small total is an old one. */
  readonly isLate?: boolean;
}

/**
 * Turns a venue's cumulative day volume into what was traded since the last look.
 *
 * Totals only grow, so the highest one seen is the base: a repeated or late tick, which brings a smaller
 * total, trades nothing, and the next one is not counted twice. A total that falls below half is the venue
 * starting to count anew; a lone zero is a glitch. The first look of a day only sets the base: what was traded
 * before it (the hours before we came) belongs to no bar of ours. A first look before continuous trading has begun
 * is different: all there is was traded in the opening auction, and is its volume, however often the line broke.
 */
export class VolumeMeter {
  #day: string | undefined;
  #total: number | undefined;
  /** The newest total of the day's dawn: what its auction has traded, as far as it was told. */
  #auctioned = 0;
  /** Times the venue began to count anew within a day. */
  resets = 0;

  /** The next look sets the base anew. */
  forget(): void {
    this.#total = undefined;
  }

  /** Quantity traded since the last look; undefined where the venue tells none. */
  next(dayVolume: number | undefined, day: string, { isDawn = false, isLate = false }: Look = {}): number | undefined {
    if (dayVolume === undefined) return undefined;
    if (day !== this.#day) {
      if (isLate) return 0;
      this.#day = day;
      this.#total = undefined;
      this.#auctioned = 0;
    }
    if (isDawn) this.#total ??= this.#auctioned;
    if (isDawn && dayVolume > 0) this.#auctioned = dayVolume;
    const before = this.#total;
    if (before === undefined) {
      this.#total = dayVolume;
      return 0;
    }
    if (dayVolume > before) {
      this.#total = dayVolume;
      return dayVolume - before;
    }
    if (isLate || dayVolume === 0 || dayVolume >= before * RESET_SHARE) return 0;
    this.#total = dayVolume;
    this.resets += 1;
    // What was shown until now was the day before's.
    return isDawn ? dayVolume : 0;
  }
}
