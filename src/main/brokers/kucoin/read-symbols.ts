import { isRecord } from '../../../core/is-record.ts';
import { readPrice, readText } from './read-values.ts';

/** One row of KuCoin's list of instruments. */
export interface SymbolRow {
  /** What is subscribed and asked by; stays the same for ever. */
  readonly symbol: string;
  /** What is shown: differs after a rename. */
  readonly name: string;
  readonly base: string;
  readonly quote: string;
  /** Smallest step of a price and of a quantity, as text: `0.00001`. */
  readonly priceStep: string;
  readonly sizeStep: string;
  readonly isTradable: boolean;
}

export interface SymbolList {
  readonly symbols: readonly SymbolRow[];
  readonly unreadable: number;
}

/** The `data` of `GET /api/v2/symbols`; anything but a list has no rows. */
export function readSymbols(data: unknown): SymbolList {
  const rows: readonly unknown[] = Array.isArray(data) ? data : [];
  const symbols = rows.flatMap((row) => readSymbol(row) ?? []);
  return { symbols, unreadable: rows.length - symbols.length };
}

function readSymbol(row: unknown): SymbolRow | undefined {
  if (!isRecord(row)) return undefined;
  const symbol = readText(row['symbol']);
  const priceStep = readStep(row['priceIncrement']);
  const sizeStep = readStep(row['baseIncrement']);
  if (symbol === undefined || priceStep === undefined || sizeStep === undefined) return undefined;
  const [base = '', quote = ''] = symbol.split('-');
  return {
    symbol,
    name: readText(row['name']) ?? symbol,
    base: readText(row['baseCurrency']) ?? base,
    quote: readText(row['quoteCurrency']) ?? quote,
    priceStep,
    sizeStep,
    isTradable: row['enableTrading'] === true,
  };
}

function readStep(value: unknown): string | undefined {
  return typeof value === 'string' && readPrice(value) !== undefined ? value : undefined;
}

/** Digits behind the point that prices in steps of `step` have: 5 for `0.00001`, 0 for `5`. */
export function decimalsOf(step: string): number {
  const [mantissa = '', exponent = '0'] = step.toLowerCase().split('e');
  const digits = (mantissa.split('.')[1] ?? '').replace(/0+$/, '').length;
  return Math.max(0, digits - Number(exponent));
}
