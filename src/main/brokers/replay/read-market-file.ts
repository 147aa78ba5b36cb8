import { readBytes } from '../../read-bytes.ts';
import type { MarketFile } from './market-file.ts';
import { parseMarketFile } from './parse-market-file.ts';

/**
 * Reads a CSV file of bars, seconds or ticks, plain or gzipped (told from its first bytes, not its name).
 * Formats: docs/replay-and-simulator.md. Times come back in epoch ms.
 *
 * Throws an AppError that names the file, and for a broken row its line.
 */
export async function readMarketFile(path: string): Promise<MarketFile> {
  return parseMarketFile(await readBytes(path), path);
}
