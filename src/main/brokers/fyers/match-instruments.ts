import type { InstrumentKey } from '../../../core/brand.ts';
import type { SymbolRename } from '../../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../../core/instrument.ts';
import { formerKeys } from '../../../core/universe.ts';
import type { MasterRow } from './symbol-master.ts';
import { indexTickers, type SymbolTopics, topicsOf } from './symbols.ts';

/** One of our instruments as Fyers knows it. */
export interface FyersInstrument {
  readonly instrument: Instrument;
  /** `NSE:SBIN-EQ`, what REST asks by. */
  readonly ticker: string;
  readonly fyToken: string;
  /** Undefined for an index whose name in the data socket nobody knows: it has quotes and history, and no stream. */
  readonly topics: SymbolTopics | undefined;
}

export interface MatchedInstruments {
  readonly known: readonly FyersInstrument[];
  /** Not in the lists: left out, and to be told. */
  readonly missing: readonly InstrumentKey[];
}

/** Series of NSE in which a stock may be: the usual one, and those for trade-for-trade. Not BL, the block deals. */
const NSE_SERIES = ['EQ', 'BE', 'BZ'];
/** Digits of a fyToken that mean cash on NSE and BSE, and derivatives of shares. */
const CASH = ['1010', '1210'];
const DERIVATIVES = ['1011', '1211'];

/**
 * Finds the instruments in the lists, by exchange and symbol, in whatever series. Tick and lot size are the list's,
 * where it gives them, and so are the hours of what the list says is an index or a derivative. A list from before a
 * rename has the share under a former symbol, which is taken where the new one is not there.
 */
export function matchInstruments(
  wanted: readonly Instrument[],
  rows: readonly MasterRow[],
  renames: readonly SymbolRename[] = [],
): MatchedInstruments {
  const byTicker = new Map(rows.map((row) => [row.ticker, row]));
  const bySymbol = cashBySymbol(rows);
  const find = (key: string, isIndex: boolean): MasterRow | undefined => {
    const colon = key.indexOf(':');
    const [exchange, symbol] = [key.slice(0, colon), key.slice(colon + 1)];
    const exact = byTicker.get(key);
    if (exact !== undefined && (exact.isIndex || !isIndex)) return exact;
    const index = indexTickers(exchange, symbol).map((ticker) => byTicker.get(ticker));
    const stock =
      exchange === 'NSE' ? NSE_SERIES.map((series) => byTicker.get(`${key}-${series}`)) : [bySymbol.get(key)];
    return [...(isIndex ? [] : stock), ...index].find((row) => row !== undefined);
  };

  const known: FyersInstrument[] = [];
  const missing: InstrumentKey[] = [];
  for (const instrument of wanted) {
    const keys = [instrument.key, ...formerKeys(instrument.key, renames)];
    const row = keys.map((key) => find(key, instrument.segment === 'nse-index')).find((found) => found !== undefined);
    const segment = row && segmentOf(row, instrument.segment);
    if (row === undefined || segment === undefined) {
      missing.push(instrument.key);
      continue;
    }
    const { ticker, fyToken } = row;
    known.push({ instrument: corrected(instrument, row, segment), ticker, fyToken, topics: topicsOf(ticker, fyToken) });
  }
  return { known, missing };
}

/** Shares by exchange and symbol without the series; of several series the first listed. */
function cashBySymbol(rows: readonly MasterRow[]): ReadonlyMap<string, MasterRow> {
  const found = new Map<string, MasterRow>();
  for (const row of rows) {
    const symbol = row.ticker.slice(0, row.ticker.lastIndexOf('-'));
    if (!row.isIndex && CASH.includes(row.fyToken.slice(0, 4)) && !found.has(symbol)) found.set(symbol, row);
  }
  return found;
}

/** Whose hours it keeps; undefined for commodities and currencies, whose hours our calendar has not. */
function segmentOf({ isIndex, fyToken }: MasterRow, guess: Segment): Segment | undefined {
  const kind = fyToken.slice(0, 4);
  if (isIndex) return CASH.includes(kind) ? 'nse-index' : undefined;
  if (DERIVATIVES.includes(kind)) return 'nse-fno';
  if (!CASH.includes(kind)) return undefined;
  return guess === 'nse-cas' || guess === 'nse-cash' ? guess : 'nse-cash';
}

function corrected(instrument: Instrument, row: MasterRow, segment: Segment): Instrument {
  const { tickSize, lotSize } = row;
  const isGuess = instrument.name === '' || instrument.key.endsWith(`:${instrument.name}`);
  return {
    ...instrument,
    segment,
    name: isGuess && row.name !== '' && !row.isIndex ? row.name : instrument.name,
    tickSize: tickSize > 0 ? tickSize : instrument.tickSize,
    priceDecimals: tickSize > 0 ? decimalsOf(tickSize) : instrument.priceDecimals,
    lotSize: lotSize > 0 ? lotSize : instrument.lotSize,
  };
}

/** Two at the least, as rupees have paise. */
function decimalsOf(tickSize: number): number {
  const [, decimals = ''] = String(tickSize).split('.');
  return Math.min(Math.max(decimals.length, 2), 6);
}
