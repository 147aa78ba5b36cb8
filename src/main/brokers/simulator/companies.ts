import { streamKey, unitOf } from './random.ts';

/** What a made-up market needs to know of a company. Orders of magnitude, not quotations. */
export interface Company {
  readonly symbol: string;
  /** Companies of one sector move together. */
  readonly sector: string;
  /** Rupees at the anchor date; prices wander around it. */
  readonly level: number;
  /** Share of the index, in percent. 0 outside it. */
  readonly weight: number;
  /** Quantity of an ordinary day. */
  readonly dayVolume: number;
  /** Trades seen in an ordinary minute, at most one a second. */
  readonly tradesPerMinute: number;
}

const LAKH = 100_000;
/** One trade in half a minute, and none for minutes at noon: a scanner must live with these too. */
const QUIET = 2.5;

/** Symbol, sector, level, weight and day volume in lakh; quiet ones are marked. */
type Row = readonly [symbol: string, level: number, weight: number, lakh: number, quiet?: 'quiet'];

const SECTORS: Readonly<Record<string, readonly Row[]>> = {
  metals: [
    ['ADANIENT', 2_500, 0.6, 10],
    ['HINDALCO', 800, 1, 60],
    ['JSWSTEEL', 1_100, 0.9, 20],
    ['TATASTEEL', 180, 1.2, 280],
  ],
  transport: [
    ['ADANIPORTS', 1_450, 0.9, 20],
    ['INDIGO', 5_000, 1, 8],
  ],
  health: [
    ['APOLLOHOSP', 7_500, 0.7, 4, 'quiet'],
    ['CIPLA', 1_500, 0.8, 18],
    ['DRREDDY', 1_250, 0.7, 20],
    ['MAXHEALTH', 1_100, 0.7, 18],
    ['SUNPHARMA', 1_700, 1.6, 22],
  ],
  durables: [
    ['ASIANPAINT', 2_400, 1, 12],
    ['TITAN', 3_800, 1.3, 10],
  ],
  banks: [
    ['AXISBANK', 1_200, 3, 70],
    ['HDFCBANK', 950, 12, 220],
    ['ICICIBANK', 1_400, 8.5, 120],
    ['KOTAKBANK', 420, 2.7, 110],
    ['SBIN', 950, 3.4, 100],
  ],
  finance: [
    ['BAJFINANCE', 1_000, 2.3, 60],
    ['BAJAJFINSV', 2_000, 1, 12],
    ['HDFCLIFE', 760, 0.7, 25],
    ['JIOFIN', 300, 0.9, 150],
    ['SBILIFE', 1_950, 0.8, 9, 'quiet'],
    ['SHRIRAMFIN', 900, 0.9, 50],
  ],
  autos: [
    ['BAJAJ-AUTO', 9_000, 0.8, 3, 'quiet'],
    ['EICHERMOT', 7_000, 0.8, 5],
    ['M&M', 3_500, 2.7, 25],
    ['MARUTI', 14_000, 1.8, 4],
    ['TMPV', 380, 0.7, 110],
  ],
  engineering: [
    ['BEL', 400, 1.2, 150],
    ['LT', 3_900, 3.9, 18],
  ],
  telecom: [['BHARTIARTL', 1_950, 4.6, 50]],
  energy: [
    ['COALINDIA', 390, 0.8, 60],
    ['NTPC', 340, 1.5, 90],
    ['ONGC', 250, 0.8, 100],
    ['POWERGRID', 285, 1.1, 90],
    ['RELIANCE', 1_400, 8.5, 90],
  ],
  consumers: [
    ['ETERNAL', 310, 1.8, 320],
    ['HINDUNILVR', 2_450, 1.9, 14],
    ['ITC', 400, 3.4, 130],
    ['NESTLEIND', 1_250, 0.7, 12],
    ['TATACONSUM', 1_150, 0.7, 10, 'quiet'],
    ['TRENT', 4_300, 0.9, 8],
  ],
  cement: [
    ['GRASIM', 2_800, 0.9, 5],
    ['ULTRACEMCO', 12_000, 1.3, 2.5, 'quiet'],
  ],
  software: [
    ['HCLTECH', 1_550, 1.3, 28],
    ['INFY', 1_500, 4.8, 70],
    ['TCS', 3_100, 2.7, 25],
    ['TECHM', 1_500, 0.9, 18],
    ['WIPRO', 245, 0.6, 110],
  ],
};

/** The members of the index as of 2026-08. */
export const COMPANIES: readonly Company[] = Object.entries(SECTORS).flatMap(([sector, rows]) =>
  rows.map(([symbol, level, weight, lakh, quiet]) => ({
    symbol,
    sector,
    level,
    weight,
    dayVolume: lakh * LAKH,
    tradesPerMinute: quiet === undefined ? busyness(lakh) : QUIET,
  })),
);

const BY_SYMBOL = new Map(COMPANIES.map((company) => [company.symbol, company]));

/** The company of that symbol; for one that is not in the table, one made up of its name, always the same. */
export function companyOf(symbol: string, sector: string | undefined): Company {
  const known = BY_SYMBOL.get(symbol);
  if (known !== undefined) return known;
  const draw = (what: string): number => unitOf(streamKey('company', symbol, what));
  const lakh = 3 * 50 ** draw('volume');
  return {
    symbol,
    sector: sector ?? 'others',
    level: Math.round(100 * 40 ** draw('level')),
    weight: 0,
    dayVolume: lakh * LAKH,
    tradesPerMinute: draw('quiet') < 0.1 ? QUIET : busyness(lakh),
  };
}

/** From a trade every other second to one each second. */
function busyness(lakh: number): number {
  return Math.min(60, 30 + 8 * Math.log2(lakh));
}
