import type { TradingDate } from '../../core/brand.ts';
import type { Session } from '../../core/calendar.ts';
import type { Piece } from '../../core/candle-builder.ts';
import { VolumeMeter } from '../../core/day-volume.ts';
import type { Tick } from '../../core/tick.ts';
import { UnseenExtremes } from '../../core/unseen-extremes.ts';

/** What a tick adds to a bar. */
export interface ReadTick {
  readonly piece: Piece;
  /** Its high or low is a print that was never sent: the day's high or low told of it. */
  readonly isInferred: boolean;
  /** The venue began to count the day's volume anew with this tick. */
  readonly isReset: boolean;
  /** No tick before it was stamped later: its price is the newest there is. */
  readonly isNewest: boolean;
}

/** Turns what a tick says of its day, running volume and extremes, into what happened since the last one. */
export class TickReader {
  readonly #meter = new VolumeMeter();
  readonly #extremes = new UnseenExtremes();
  #newest = Number.NEGATIVE_INFINITY;

  /** Times the venue began to count a day's volume anew. */
  get resets(): number {
    return this.#meter.resets;
  }

  /** `session` is that of `date`. */
  read(tick: Tick, date: TradingDate, session: Session | undefined): ReadTick {
    const { ltp, time } = tick;
    const resets = this.#meter.resets;
    const isNewest = time >= this.#newest;
    // A venue that tells each trade by itself needs no total to count from, and another's from before holds these too.
    if (tick.quantity !== undefined) this.#meter.forget();
    const volume =
      tick.quantity ??
      this.#meter.next(tick.dayVolume, date, {
        isDawn: isDawn(session, date, time),
        isLate: time <= this.#newest,
      });
    this.#newest = Math.max(this.#newest, time);
    const unseen = this.#extremes.next(tick, date);
    const high = unseen?.high ?? ltp;
    const low = unseen?.low ?? ltp;
    const piece: Piece = { time, open: ltp, high, low, close: ltp, volume };
    return { piece, isInferred: unseen !== undefined, isReset: this.#meter.resets > resets, isNewest };
  }

  /** The print that the last tick told of fell into no bar: the next tick tells of it again. */
  putBack(): void {
    this.#extremes.putBack();
  }

  /** A price looked at, after a while in which others were not. */
  look({ dayVolume }: Tick, date: TradingDate): void {
    this.#meter.next(dayVolume, date);
    this.#extremes.forget();
  }

  /** What happened since the last tick was not told: the next one only says where the day stands. */
  forget(): void {
    this.#meter.forget();
    this.#extremes.forget();
  }
}

/** Whether orders for the opening auction are being gathered: nothing else can have traded. */
function isDawn(session: Session | undefined, date: TradingDate, time: number): boolean {
  if (session?.date !== date || session.preOpen === undefined) return false;
  return time >= session.preOpen.open && time < session.preOpen.close;
}
