import { BSE_INDEX_NAMES, NSE_INDEX_NAMES } from './index-names.ts';

/** The segment of a topic by the first four digits of a fyToken: exchange and segment. */
const SEGMENTS: Readonly<Record<string, string>> = {
  '1010': 'nse_cm',
  '1011': 'nse_fo',
  '1012': 'cde_fo',
  '1020': 'nse_com',
  '1120': 'mcx_fo',
  '1210': 'bse_cm',
  '1211': 'bse_fo',
  '1212': 'bcs_fo',
};

const FY_TOKEN = /^\d{4}\d{6}\d{2,}$/;
const INDEX = /^(NSE|BSE):(.+)-INDEX$/;

/** The topics of a symbol: of its prices, and of its order book, which an index has not. */
export interface SymbolTopics {
  readonly prices: string;
  readonly book: string | undefined;
}

/** Undefined for an index whose name nobody knows, and for a token that is none: both cannot be streamed. */
export function topicsOf(ticker: string, fyToken: string): SymbolTopics | undefined {
  const index = INDEX.exec(ticker);
  if (index !== null) {
    const [, exchange, symbol = ''] = index;
    const name = (exchange === 'NSE' ? NSE_INDEX_NAMES : BSE_INDEX_NAMES).get(symbol);
    if (name === undefined) return undefined;
    return { prices: `if|${exchange === 'NSE' ? 'nse_cm' : 'bse_cm'}|${name}`, book: undefined };
  }
  const segment = SEGMENTS[fyToken.slice(0, 4)];
  if (segment === undefined || !FY_TOKEN.test(fyToken)) return undefined;
  const token = fyToken.slice(10);
  return { prices: `sf|${segment}|${token}`, book: `dp|${segment}|${token}` };
}

/** What Fyers calls a topic's instrument, told from a snapshot alone: `NSE:SBIN-EQ`, `NSE:NIFTY50-INDEX`. */
export function tickerOf(kind: string, segment: string, symbol: string): string {
  const exchange = segment.startsWith('b') ? 'BSE' : segment.startsWith('mcx') ? 'MCX' : 'NSE';
  if (kind !== 'if') return `${exchange}:${symbol}`;
  const names = exchange === 'BSE' ? BSE_INDEX_NAMES : NSE_INDEX_NAMES;
  const known = [...names].find(([, name]) => name === symbol);
  return `${exchange}:${known?.[0] ?? symbol}-INDEX`;
}

/**
 * Tickers an index may have, likeliest first: by its ticker's middle or its name, without minding case and spaces, for
 * NSE writes `NIFTY BANK` and Fyers `NIFTYBANK`.
 */
export function indexTickers(exchange: string, symbol: string): readonly string[] {
  const wanted = squeeze(symbol.replace(/-INDEX$/, ''));
  const names = exchange === 'BSE' ? BSE_INDEX_NAMES : NSE_INDEX_NAMES;
  const listed = [...names].filter(([middle, name]) => squeeze(middle) === wanted || squeeze(name) === wanted);
  return [...new Set([...listed.map(([middle]) => middle), wanted])].map((middle) => `${exchange}:${middle}-INDEX`);
}

function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}
