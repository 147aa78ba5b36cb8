import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../../core/is-record.ts';
import type { Logger } from '../../engine/ports.ts';
import type { SymbolRow } from './read-symbols.ts';
import { readPrice, readText } from './read-values.ts';

const FILE = 'kucoin-symbols.json';

/** Written beside and moved into place, so that nobody ever reads half a file. Not keeping it is no failure. */
export async function keepSymbols(cacheDir: string, symbols: readonly SymbolRow[], logger: Logger): Promise<void> {
  const unfinished = join(cacheDir, `${FILE}.part`);
  try {
    await mkdir(cacheDir, { recursive: true });
    await writeFile(unfinished, JSON.stringify(symbols));
    await rename(unfinished, join(cacheDir, FILE));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    logger.warn('The list of instruments could not be kept; it will be fetched again.', { code });
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
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
