import { parse } from 'csv-parse/sync';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';
import { unexpectedData } from './errors.ts';

/** A row of Kite's instruments dump, as far as it matters here. */
export interface DumpRow {
  readonly token: number;
  readonly tradingSymbol: string;
  readonly exchange: string;
  /** `NSE`, `INDICES`, `NFO-FUT`, … */
  readonly segment: string;
  readonly tickSize: number;
  readonly lotSize: number;
}

export interface InstrumentDump {
  readonly rows: readonly DumpRow[];
  /** Rows that make no sense: left out. */
  readonly unreadable: number;
}

const COLUMNS = ['instrument_token', 'tradingsymbol', 'exchange', 'segment', 'tick_size', 'lot_size'] as const;
const LARGEST_TOKEN = 2 ** 32 - 1;

/**
 * Reads the CSV of `GET /instruments/{exchange}`. Source: https://kite.trade/docs/connect/v3/market-quotes/
 *
 * Throws AppError when it has not the columns it should have, or not a single good row.
 */
export function parseInstrumentDump(csv: string): InstrumentDump {
  const lines: readonly (readonly string[])[] = parse(csv, {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  const [header = [], ...body] = lines;
  const at = COLUMNS.map((column) => header.indexOf(column));
  if (at.includes(-1)) throw unexpectedData('an instrument list');
  const rows = body.map((line) => readRow(at.map((index) => line[index] ?? ''))).filter((row) => row !== undefined);
  if (rows.length === 0) throw unexpectedData('an empty instrument list');
  return { rows, unreadable: body.length - rows.length };
}

function readRow(fields: readonly string[]): DumpRow | undefined {
  const [token = '', tradingSymbol = '', exchange = '', segment = '', tickSize = '', lotSize = ''] = fields;
  const number = Number(token);
  if (!Number.isInteger(number) || number <= 0 || number > LARGEST_TOKEN) return undefined;
  if (tradingSymbol === '' || exchange === '' || segment === '') return undefined;
  return { token: number, tradingSymbol, exchange, segment, tickSize: Number(tickSize), lotSize: Number(lotSize) };
}

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
 * Tick and lot size are the dump's, where it gives them.
 */
export function matchInstruments(wanted: readonly Instrument[], rows: readonly DumpRow[]): MatchedInstruments {
  const byKey = new Map(rows.map((row) => [`${row.exchange}:${row.tradingSymbol}`, row]));
  const known: KiteInstrument[] = [];
  const missing: InstrumentKey[] = [];
  for (const instrument of wanted) {
    const isIndex = instrument.segment === 'nse-index';
    const candidates = isIndex ? [''] : SERIES;
    const row = candidates
      .map((series) => byKey.get(`${instrument.key}${series}`))
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
