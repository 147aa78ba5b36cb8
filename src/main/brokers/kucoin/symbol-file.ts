import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../../core/is-record.ts';
import type { Logger } from '../../engine/ports.ts';
import { keepFile } from '../keep-file.ts';
import type { SymbolRow } from './read-symbols.ts';
import { readPrice, readText } from './read-values.ts';

const FILE = 'kucoin-symbols.json';

/** Not keeping it is no failure. */
export async function keepSymbols(cacheDir: string, symbols: readonly SymbolRow[], logger: Logger): Promise<void> {
  const trouble = 'The list of instruments could not be kept; it will be fetched again.';
  await keepFile(join(cacheDir, FILE), JSON.stringify(symbols), trouble, logger);
}

/** Undefined when there is none, or when it was damaged. */
export async function keptSymbols(cacheDir: string): Promise<readonly SymbolRow[] | undefined> {
  try {
    const rows: unknown = JSON.parse(await readFile(join(cacheDir, FILE), 'utf8'));
    if (!Array.isArray(rows)) return undefined;
    const symbols = rows.filter(isSymbolRow);
    return symbols.length === 0 ? undefined : symbols;
  } catch {
    return undefined;
  }
}

function isSymbolRow(row: unknown): row is SymbolRow {
  return (
    isRecord(row) &&
    ['symbol', 'name', 'base', 'quote'].every((field) => readText(row[field]) !== undefined) &&
    ['priceStep', 'sizeStep'].every((field) => readPrice(row[field]) !== undefined) &&
    typeof row['isTradable'] === 'boolean'
  );
}
