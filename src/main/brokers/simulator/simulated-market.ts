import type { InstrumentKey, TradingDate } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { type Instrument, type Segment, symbolOf } from '../../../core/instrument.ts';
import { COMPANIES, companyOf } from './companies.ts';
import { Factor } from './factor.ts';
import type { MarketDay } from './market-day.ts';
import { type PriceGrid, priceGrid } from './price-grid.ts';
import { streamKey, unitOf } from './random.ts';
import { Stock } from './stock.ts';
import { StockIndex } from './stock-index.ts';
import { TradingDays } from './trading-days.ts';

/** Deviations of an ordinary session's move and of the gap before it, as natural logarithms. */
const MARKET = { session: 0.0065, gap: 0.0035 };
const SECTOR = { session: 0.006, gap: 0.002 };
const INDEX_LEVELS: Readonly<Record<string, number>> = { 'NIFTY 50': 25_000, 'NIFTY BANK': 57_000 };
const DEFAULT_TICK_SIZE = 0.05;

/** An instrument that exists in the simulated market. */
export interface Listing {
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly grid: PriceGrid;
  /** Its session on a date, minute by minute; undefined when there is none. Remembered for some weeks. */
  day(date: TradingDate): MarketDay | undefined;
}

/**
 * A market that never was. Every day of every instrument follows from the seed, the instrument and the date
 * alone, so it does not matter who asks for what, when, or how fast time passes.
 */
export function createMarket(
  seed: number,
  instruments: readonly Instrument[],
  calendarOf: (segment: Segment) => Calendar,
): ReadonlyMap<InstrumentKey, Listing> {
  const days = new Map<Segment, TradingDays>();
  const daysOf = (segment: Segment): TradingDays => remember(days, segment, () => new TradingDays(calendarOf(segment)));
  const common = daysOf('nse-index');
  const market = new Factor(streamKey(seed, 'market'), MARKET, common);
  const sectors = new Map<string, Factor>();
  const sectorOf = (name: string): Factor =>
    remember(sectors, name, () => new Factor(streamKey(seed, 'sector', name), SECTOR, common));

  const stocks = new Map<InstrumentKey, Stock>();
  const stockOf = (key: InstrumentKey, segment: Segment, tickSize: number, sector: string | undefined): Stock =>
    remember(stocks, key, () => {
      const company = companyOf(symbolOf(key), sector);
      const grid = priceGrid(tickSize);
      return new Stock({ seed, key, company, grid, days: daysOf(segment), market, sector: sectorOf(company.sector) });
    });

  const listings = new Map<InstrumentKey, Listing>();
  for (const instrument of instruments) {
    const { key, segment, tickSize, sector } = instrument;
    if (segment === 'nse-index') continue;
    const stock = stockOf(key, segment, tickSize, sector);
    listings.set(key, listing(instrument, calendarOf(segment), stock));
  }
  for (const instrument of instruments) {
    if (instrument.segment !== 'nse-index') continue;
    const name = symbolOf(instrument.key);
    const members = COMPANIES.map(({ symbol }) =>
      stockOf(`NSE:${symbol}` as InstrumentKey, 'nse-cas', DEFAULT_TICK_SIZE, undefined),
    );
    const level = INDEX_LEVELS[name] ?? Math.round(5_000 + 45_000 * unitOf(streamKey('level', name)));
    const index = new StockIndex({ seed, name, level, grid: priceGrid(instrument.tickSize), days: common, members });
    listings.set(instrument.key, listing(instrument, calendarOf(instrument.segment), index));
  }
  // In the order they were asked for.
  return new Map(instruments.flatMap(({ key }) => [[key, listings.get(key)] as const]).filter(isListed));
}

function listing(instrument: Instrument, calendar: Calendar, source: Stock | StockIndex): Listing {
  return { instrument, calendar, grid: source.grid, day: (date) => source.day(date) };
}

function isListed(entry: readonly [InstrumentKey, Listing | undefined]): entry is readonly [InstrumentKey, Listing] {
  return entry[1] !== undefined;
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
