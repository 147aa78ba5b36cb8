import { parse } from 'csv-parse/sync';
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
