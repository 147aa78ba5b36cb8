import type { InstrumentKey } from '../../../core/brand.ts';
import type { SymbolRename } from '../../../core/corporate-action.ts';
import type { Instrument } from '../../../core/instrument.ts';
import { formerKeys } from '../../../core/universe.ts';
import type { DumpRow } from './instrument-dump.ts';

/** One of our instruments as Kite knows it. */
export interface KiteInstrument {
  readonly instrument: Instrument;
  readonly token: number;
  /** `EXCHANGE:TRADINGSYMBOL`, what quotes are asked by. Differs from our key for a stock moved to another series. */
  readonly quoteKey: string;
}

export interface MatchedInstruments {
  readonly known: readonly KiteInstrument[];
  /** Not in the dump: left out, and to be told. */
  readonly missing: readonly InstrumentKey[];
}

/**
 * The series a stock may have been moved to by the exchange, where it is then the only one: trade-for-trade.
 * Not `-BL`, the block deal window, which is there beside the normal series.
 */
const SERIES = ['', '-BE', '-BZ'];
const INDICES = 'INDICES';

/**
 * Finds the instruments in the dump, by exchange and trading symbol: tokens are used anew after an expiry.
 * Tick and lot size are the dump's, where it gives them. A dump from before a rename lists the share under a
 * former symbol, which is taken where the new one is not there.
 */
export function matchInstruments(
  wanted: readonly Instrument[],
  rows: readonly DumpRow[],
  renames: readonly SymbolRename[] = [],
): MatchedInstruments {
  const byKey = new Map(rows.map((row) => [`${row.exchange}:${row.tradingSymbol}`, row]));
  const known: KiteInstrument[] = [];
  const missing: InstrumentKey[] = [];
  for (const instrument of wanted) {
    const isIndex = instrument.segment === 'nse-index';
    const symbols = [instrument.key, ...formerKeys(instrument.key, renames)];
    const row = symbols
      .flatMap((symbol) => (isIndex ? [''] : SERIES).map((series) => byKey.get(`${symbol}${series}`)))
      .find((found) => found !== undefined && (found.segment === INDICES) === isIndex);
    if (row === undefined) missing.push(instrument.key);
    else known.push({ instrument: withSizes(instrument, row), token: row.token, quoteKey: quoteKeyOf(row) });
  }
  return { known, missing };
}

function quoteKeyOf({ exchange, tradingSymbol }: DumpRow): string {
  return `${exchange}:${tradingSymbol}`;
}

function withSizes(instrument: Instrument, { tickSize, lotSize }: DumpRow): Instrument {
  return {
    ...instrument,
    tickSize: tickSize > 0 ? tickSize : instrument.tickSize,
    lotSize: lotSize > 0 ? lotSize : instrument.lotSize,
  };
}
