import { type AuctionBar, type AuctionKind, auctionSpan } from '../../core/auction.ts';
import type { InstrumentKey, TradingDate } from '../../core/brand.ts';
import type { Session } from '../../core/calendar.ts';
import type { Piece } from '../../core/candle-builder.ts';

type AuctionMemory = (date: TradingDate, kind: AuctionKind) => AuctionBar | undefined;

/**
 * The auction bars of one instrument, as they are being built. Between two auctions and while orders are gathered
 * venues repeat the last price, which is no trade: a piece counts when something was traded in it or, for an index,
 * when its value moved.
 */
export class AuctionMaker {
  readonly #instrument: InstrumentKey;
  readonly #soFar: AuctionMemory;
  #bar: AuctionBar | undefined;
  #lastPrice: number | undefined;

  /** `soFar` tells what was kept of an auction that was under way when the program began. */
  constructor(instrument: InstrumentKey, soFar: AuctionMemory = () => undefined) {
    this.#instrument = instrument;
    this.#soFar = soFar;
  }

  /** A price of continuous trading: what an index stands at when the auction begins. */
  see(price: number): void {
    this.#lastPrice = price;
  }

  /** The venue began to count the day's volume anew: what was gathered belongs to another day. */
  startOver(): void {
    this.#bar = undefined;
  }

  /** Folds a piece that fell into the auction; answers the bar when that changed it. */
  push(piece: Piece, kind: AuctionKind, session: Session): AuctionBar | undefined {
    const { open, high, low, close, volume } = piece;
    const isFrozen = high === low && close === this.#lastPrice;
    const isTrade = volume === undefined ? this.#lastPrice !== undefined && !isFrozen : volume > 0;
    this.#lastPrice = close;
    const span = auctionSpan(session, kind);
    if (!isTrade || span === undefined) return undefined;
    const { date } = session;
    const isSame = this.#bar?.date === date && this.#bar.kind === kind;
    const before = isSame ? this.#bar : this.#soFar(date, kind);
    if (before === undefined) {
      // An index is computed all through the auction: its value of before is not one of the auction's prices.
      const place = { instrument: this.#instrument, date, kind, openTime: span.open };
      this.#bar = { ...place, open: volume === undefined ? close : open, high, low, close, volume };
    } else {
      const traded = volume === undefined ? before.volume : (before.volume ?? 0) + volume;
      const top = Math.max(before.high, high);
      const bottom = Math.min(before.low, low);
      this.#bar = { ...before, high: top, low: bottom, close, volume: traded };
    }
    return this.#bar;
  }
}
