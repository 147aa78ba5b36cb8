import { AUCTIONS, type AuctionKind } from '../../../core/auction.ts';
import type { InstrumentKey, TradingDate } from '../../../core/brand.ts';
import type { Session } from '../../../core/calendar.ts';
import { drawAuction } from './auction-play.ts';
import { type AuctionRow, auctionTape } from './auction-tape.ts';
import type { Company } from './companies.ts';
import { dayShape, minuteCount, minutesOf } from './day-shape.ts';
import { Factor, pathAt } from './factor.ts';
import { blankDay, finishDay, type MarketDay } from './market-day.ts';
import { setMinute, skipMinute } from './minute-extremes.ts';
import type { PriceGrid } from './price-grid.ts';
import { Random, streamKey, unitOf } from './random.ts';
import { Recent } from './recent.ts';
import type { TradingDays } from './trading-days.ts';

/** Natural logarithms: an ordinary session moves a company by 0.9 % of its own, and by gaps of 0.4 %. */
const OWN = { session: 0.009, gap: 0.004 };
/** Days in minutes are 15 kB each. */
const DAYS_KEPT = 24;
const MOST_TRADES = 60;

/** In steps. */
export interface DayPrices {
  readonly open: number;
  /** At the end of each minute. */
  readonly close: Int32Array;
}

export interface StockParts {
  readonly seed: number;
  readonly key: InstrumentKey;
  readonly company: Company;
  readonly grid: PriceGrid;
  readonly days: TradingDays;
  readonly market: Factor;
  readonly sector: Factor;
}

/** A company's share: the market's and its sector's moves, as far as it follows them, and its own. */
export class Stock {
  readonly grid: PriceGrid;
  readonly company: Company;
  readonly #days: TradingDays;
  readonly #market: Factor;
  readonly #sector: Factor;
  readonly #own: Factor;
  readonly #seed: number;
  readonly #name: string;
  /** How far it follows the market and its sector. */
  readonly #beta: number;
  readonly #gamma: number;
  readonly #recent = new Recent<TradingDate, MarketDay | undefined>(DAYS_KEPT);

  constructor({ seed, key, company, grid, days, market, sector }: StockParts) {
    this.grid = grid;
    this.company = company;
    this.#days = days;
    this.#market = market;
    this.#sector = sector;
    this.#seed = seed;
    this.#name = key;
    const draw = (what: string): number => unitOf(streamKey(key, what));
    const liveliness = 0.75 + 0.6 * draw('liveliness');
    const own = { session: OWN.session * liveliness, gap: OWN.gap * liveliness };
    this.#own = new Factor(streamKey(seed, 'own', key), own, days);
    this.#beta = 0.7 + 0.6 * draw('beta');
    this.#gamma = 0.7 + 0.5 * draw('gamma');
  }

  /** The day's first price: the opening auction's, where it has one. On a day off it is the close before. Needs no minutes. */
  openOn(date: TradingDate): number {
    const session = this.#sessionOn(date);
    if (session === undefined) return this.closeOn(date);
    const first = this.#steps(this.#market.walk(date).open, this.#sector.walk(date).open, this.#own.walk(date).open);
    return this.#auctionPrice(session, 'pre-open', first);
  }

  /** The close of the newest session on or before the date, in steps: the closing auction's price, or the last trade's. Needs no minutes. */
  closeOn(date: TradingDate): number {
    const session = this.#days.session(this.#days.numberAtOrBefore(date));
    if (session === undefined) return this.#steps(0, 0, 0);
    const on = session.date;
    const last = this.#steps(this.#market.walk(on).close, this.#sector.walk(on).close, this.#own.walk(on).close);
    return this.#auctionPrice(session, 'closing', last);
  }

  /** Undefined when the instrument has no session that day. */
  day(date: TradingDate): MarketDay | undefined {
    return this.#recent.get(date, () => this.#make(date));
  }

  /** Its price at the day's first trade and at the end of each minute: the part of a day that an index needs. */
  prices(date: TradingDate): DayPrices | undefined {
    if (!this.#isQuiet) return this.#targets(date);
    // What a quiet name shows is its last trade, wherever its price would be by now.
    const day = this.day(date);
    return day && { open: day.open[0] ?? 0, close: day.close };
  }

  /** Where the price is heading, whether anybody trades or not. */
  #targets(date: TradingDate): DayPrices | undefined {
    const session = this.#sessionOn(date);
    if (session === undefined) return undefined;
    const market = this.#market.day(date);
    const sector = this.#sector.day(date);
    const own = this.#own.day(date);
    const minutes = minuteCount(session);
    const close = new Int32Array(minutes);
    for (let minute = 0; minute < minutes; minute += 1) {
      const ownPart = own.path[minute] ?? own.close;
      close[minute] = this.#steps(pathAt(market, minute, minutes), pathAt(sector, minute, minutes), ownPart);
    }
    return { open: this.#steps(market.open, sector.open, own.open), close };
  }

  #make(date: TradingDate): MarketDay | undefined {
    const number = this.#days.numberOf(date);
    const session = number === undefined ? undefined : this.#days.session(number);
    const targets = this.#targets(date);
    if (number === undefined || session === undefined || targets === undefined) return undefined;
    const before = this.#days.session(number - 1)?.date;
    const day = blankDay({
      session,
      key: streamKey(this.#seed, 'minutes', this.#name, date),
      previousClose: before === undefined ? this.#steps(0, 0, 0) : this.closeOn(before),
      minutes: minutesOf(session),
      hasVolume: true,
    });
    const deviation = Math.hypot(
      this.#beta * this.#market.walk(date).deviation,
      this.#gamma * this.#sector.walk(date).deviation,
      this.#own.walk(date).deviation,
    );
    this.#fill(day, targets, deviation);
    return finishDay(day, this.#auctions(day));
  }

  /** What is told of the day's auctions. */
  #auctions({ session, previousClose, close, volume }: MarketDay): readonly AuctionRow[] {
    const traded = volume.reduce((sum, each) => sum + each, 0);
    const { date } = session;
    const last = close.at(-1) ?? previousClose;
    return AUCTIONS.flatMap((kind) => {
      const [before, price] = kind === 'pre-open' ? [previousClose, this.openOn(date)] : [last, this.closeOn(date)];
      const draw = drawAuction(this.#seed, this.#name, session, kind);
      const outcome = draw && { time: draw.time, price, volume: Math.max(1, Math.round(traded * draw.share)) };
      return auctionTape(session, kind, before, outcome);
    });
  }

  #auctionPrice(session: Session, kind: AuctionKind, near: number): number {
    const { move = 0 } = drawAuction(this.#seed, this.#name, session, kind) ?? {};
    return Math.max(1, near + Math.round(near * move));
  }

  #sessionOn(date: TradingDate): Session | undefined {
    const number = this.#days.numberOf(date);
    return number === undefined ? undefined : this.#days.session(number);
  }

  #fill(day: MarketDay, { open, close }: DayPrices, dayDeviation: number): void {
    const random = new Random(day.key);
    const minutes = day.minutes.length;
    const shape = dayShape(minutes);
    const dayVolume = this.company.dayVolume * shape.share * Math.exp(0.35 * random.bell());
    let reached = open;
    let shown = open;
    let shareBefore = 0;
    for (let minute = 0; minute < minutes; minute += 1) {
      const share = shape.variance[minute] ?? 1;
      const target = close[minute] ?? reached;
      const deviation = dayDeviation * Math.sqrt(share - shareBefore) * target;
      const trade = shape.trade[minute] ?? 1;
      const isEdge = minute === 0 || minute === minutes - 1;
      // The open and the close are prices of the day, so somebody must have traded at them.
      const trades = Math.max(this.#trades(trade, random), isEdge ? 2 : 0);
      if (trades === 0) skipMinute(day, minute, shown);
      else {
        const first = minute === 0 ? open : Math.max(1, reached + Math.round(0.2 * deviation * random.bell()));
        setMinute(day, minute, { open: first, close: target, trades, deviation }, random);
        shown = target;
        const hurry = 0.6 + (0.4 * Math.abs(target - first)) / Math.max(1, deviation);
        const volume = (dayVolume * trade * hurry * Math.exp(0.4 * random.bell())) / minutes;
        // One share at least in each trade.
        day.volume[minute] = Math.max(trades, Math.round(volume));
      }
      reached = target;
      shareBefore = share;
    }
  }

  /** In how many seconds of a minute it trades. */
  #trades(trade: number, random: Random): number {
    const { tradesPerMinute } = this.company;
    if (this.#isQuiet) return Math.min(20, Math.floor(tradesPerMinute * trade * random.exponential()));
    const wanted = tradesPerMinute * (0.8 + 0.2 * trade) * (0.9 + 0.2 * random.unit());
    return Math.min(MOST_TRADES, Math.round(wanted));
  }

  get #isQuiet(): boolean {
    return this.company.tradesPerMinute < 10;
  }

  #steps(market: number, sector: number, own: number): number {
    return this.grid.toSteps(this.company.level * Math.exp(this.#beta * market + this.#gamma * sector + own));
  }
}
