import { parse } from 'csv-parse/sync';
import { unexpectedData } from './errors.ts';

/** A row of a list of symbols, as far as it matters here. */
export interface MasterRow {
  /** Exchange, segment, expiry and the exchange's own number, as text: it has more digits than a number keeps. */
  readonly fyToken: string;
  /** `NSE:SBIN-EQ` */
  readonly ticker: string;
  readonly name: string;
  readonly isIndex: boolean;
  readonly tickSize: number;
  readonly lotSize: number;
}

export interface SymbolMaster {
  readonly rows: readonly MasterRow[];
  /** Rows that make no sense: left out. */
  readonly unreadable: number;
}

/** Places of the columns; the list has no header. Source: docs/wire-formats/fyers.md, "Lists of symbols". */
const COLUMN = { fyToken: 0, name: 1, kind: 2, lotSize: 3, tickSize: 4, ticker: 9 } as const;
/** What the third column calls an index. */
const INDEX_KIND = '10';
const FY_TOKEN = /^\d{12,}$/;
const TICKER = /^[A-Z]+:\S.*$/;

/** Reads the CSV of one exchange and segment. Throws AppError when not a single row makes sense. */
export function parseSymbolMaster(csv: string): SymbolMaster {
  const lines: readonly (readonly string[])[] = parse(csv, {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  const rows = lines.map(readRow).filter((row) => row !== undefined);
  if (rows.length === 0) throw unexpectedData('an empty list of symbols');
  return { rows, unreadable: lines.length - rows.length };
}

function readRow(line: readonly string[]): MasterRow | undefined {
  const [fyToken = '', ticker = ''] = [line[COLUMN.fyToken]?.trim(), line[COLUMN.ticker]?.trim()];
  if (!FY_TOKEN.test(fyToken) || !TICKER.test(ticker)) return undefined;
  return {
    fyToken,
    ticker,
    name: line[COLUMN.name]?.trim() ?? '',
    isIndex: line[COLUMN.kind]?.trim() === INDEX_KIND || ticker.endsWith('-INDEX'),
    tickSize: Number(line[COLUMN.tickSize]),
    lotSize: Number(line[COLUMN.lotSize]),
  };
}
