import { AUCTIONS } from '../../../core/auction.ts';
import type { TradingDate } from '../../../core/brand.ts';
import { indexTime } from './auction-play.ts';
import { type AuctionRow, auctionTape } from './auction-tape.ts';
import { dayShape, minutesOf } from './day-shape.ts';
import { blankDay, finishDay, type MarketDay } from './market-day.ts';
import { setMinute } from './minute-extremes.ts';
import type { PriceGrid } from './price-grid.ts';
import { Random, streamKey } from './random.ts';
import { Recent } from './recent.ts';
import type { DayPrices, Stock } from './stock.ts';
import type { TradingDays } from './trading-days.ts';

/** Deviation of an ordinary session's move, for what happens within a minute. */
const SESSION_DEVIATION = 0.007;
/** It is computed every second, trade or not. */
const VALUES_PER_MINUTE = 60;
const DAYS_KEPT = 64;

export interface IndexParts {
  readonly seed: number;
  readonly name: string;
  /** Its value at the anchor date. */
  readonly level: number;
  readonly grid: PriceGrid;
  readonly days: TradingDays;
  readonly members: readonly Stock[];
}

/**
 * The weighted mean of its members: exactly so at the open, at the end of every minute and after an auction. Within
 * a minute it goes its own small way from one to the next. It has no volume.
 */
export class StockIndex {
  readonly grid: PriceGrid;
  readonly #parts: IndexParts;
  /** What one step of each member's price is worth. */
  readonly #worth: readonly number[];
  readonly #recent = new Recent<TradingDate, MarketDay | undefined>(DAYS_KEPT);

  constructor(parts: IndexParts) {
    this.grid = parts.grid;
    this.#parts = parts;
    const whole = parts.members.reduce((sum, { company }) => sum + company.weight, 0);
    this.#worth = parts.members.map(
      ({ company, grid }) => (parts.level * company.weight * grid.toPrice(1)) / (whole * company.level),
    );
  }

  day(date: TradingDate): MarketDay | undefined {
    return this.#recent.get(date, () => this.#make(date));
  }

  #make(date: TradingDate): MarketDay | undefined {
    const { days, seed, name } = this.#parts;
    const number = days.numberOf(date);
    const session = number === undefined ? undefined : days.session(number);
    if (number === undefined || session === undefined) return undefined;
    const before = days.session(number - 1)?.date;
    const key = streamKey(seed, 'minutes', name, date);
    const minutes = minutesOf(session);
    const previousClose = this.#mean((stock) =>
      before === undefined ? stock.grid.toSteps(stock.company.level) : stock.closeOn(before),
    );
    const day = blankDay({ session, key, previousClose, minutes, hasVolume: false });

    const prices = this.#prices(date, minutes.length);
    const random = new Random(key);
    const { variance, share } = dayShape(minutes.length);
    let reached = prices.open;
    let shareBefore = 0;
    for (let minute = 0; minute < minutes.length; minute += 1) {
      const shareNow = variance[minute] ?? 1;
      const close = prices.close[minute] ?? reached;
      const deviation = SESSION_DEVIATION * Math.sqrt(share * (shareNow - shareBefore)) * close;
      setMinute(day, minute, { open: reached, close, trades: VALUES_PER_MINUTE, deviation }, random);
      reached = close;
      shareBefore = shareNow;
    }
    return finishDay(day, this.#auctions(day));
  }

  /** It stands still while orders are gathered, and jumps to the mean of what its members' auctions came to. */
  #auctions({ session, previousClose, close }: MarketDay): readonly AuctionRow[] {
    const { date } = session;
    const last = close.at(-1) ?? previousClose;
    return AUCTIONS.flatMap((kind) => {
      const time = indexTime(this.#parts.seed, session, kind);
      if (time === undefined) return [];
      const price = this.#mean((stock) => (kind === 'pre-open' ? stock.openOn(date) : stock.closeOn(date)));
      return auctionTape(session, kind, kind === 'pre-open' ? previousClose : last, { time, price, volume: 0 });
    });
  }

  /** The members' mean at their first trades and at the end of each minute. */
  #prices(date: TradingDate, minutes: number): DayPrices {
    const sums = new Float64Array(minutes);
    let open = 0;
    this.#parts.members.forEach((stock, at) => {
      const worth = this.#worth[at] ?? 0;
      const prices = stock.prices(date);
      const last = prices === undefined ? stock.closeOn(date) : 0;
      open += (prices?.open ?? last) * worth;
      for (let minute = 0; minute < minutes; minute += 1) {
        sums[minute] = (sums[minute] as number) + (prices?.close[minute] ?? last) * worth;
      }
    });
    return { open: this.grid.toSteps(open), close: Int32Array.from(sums, this.grid.toSteps) };
  }

  #mean(stepsOf: (stock: Stock) => number): number {
    const { members, grid } = this.#parts;
    return grid.toSteps(members.reduce((sum, stock, at) => sum + stepsOf(stock) * (this.#worth[at] ?? 0), 0));
  }
}
