/** How far the day's high and low went beyond every price seen; undefined where they did not. */
export interface UnseenPrint {
  readonly high: number | undefined;
  readonly low: number | undefined;
}

/** The part of a tick that tells of prices it does not bring. */
interface DayRange {
  readonly ltp: number;
  readonly dayHigh?: number | undefined;
  readonly dayLow?: number | undefined;
}

/**
 * Finds prints that were never sent: feeds tell about one price a second, but the day's high and low count every
 * trade. Moves one of them beyond all that was seen, then a trade was missed since the last look.
 *
 * The first look of a day, and after a gap, only says where the day stands: its extremes may be from long before.
 */
export class UnseenExtremes {
  #day: string | undefined;
  #high = Number.NaN;
  #low = Number.NaN;
  #before = { high: Number.NaN, low: Number.NaN };

  /** There was a gap: what the day's range says next is no print of this moment. */
  forget(): void {
    this.#day = undefined;
  }

  /** No bar could take what the last look found: the next one finds it again. */
  putBack(): void {
    this.#high = this.#before.high;
    this.#low = this.#before.low;
  }

  next({ ltp, dayHigh, dayLow }: DayRange, day: string): UnseenPrint | undefined {
    const isFirst = day !== this.#day;
    const [high, low] = [this.#high, this.#low];
    this.#before = { high, low };
    this.#day = day;
    this.#high = Math.max(isFirst ? ltp : high, ltp, dayHigh ?? ltp);
    this.#low = Math.min(isFirst ? ltp : low, ltp, dayLow ?? ltp);
    if (isFirst || (this.#high <= Math.max(high, ltp) && this.#low >= Math.min(low, ltp))) return undefined;
    return {
      high: this.#high > Math.max(high, ltp) ? this.#high : undefined,
      low: this.#low < Math.min(low, ltp) ? this.#low : undefined,
    };
  }
}
