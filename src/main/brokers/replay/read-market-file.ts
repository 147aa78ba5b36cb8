import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '../../../core/errors.ts';
import type { MarketFile } from './market-file.ts';
import { parseMarketFile } from './parse-market-file.ts';

const unzip = promisify(gunzip);
/** A file that unpacks to more than this is not a price history. */
const UNPACKED_LIMIT = 1_000_000_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Check the path',
  EISDIR: 'is a folder. Choose a CSV file in it',
  EACCES: 'may not be read by this user. Change its permissions',
  EPERM: 'may not be read by this user. Change its permissions',
  ERR_FS_FILE_TOO_LARGE: 'is larger than 2 GB. Split it',
};

/**
 * Reads a CSV file of bars, seconds or ticks, plain or gzipped (told from its first bytes, not its name).
 * Formats: docs/replay-and-simulator.md. Times come back in epoch ms.
 *
 * Throws an AppError that names the file, and for a broken row its line.
 */
export async function readMarketFile(path: string): Promise<MarketFile> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    const reason = REASONS[code] ?? `cannot be read (${code}). Check the disk`;
    throw new AppError(code === 'ENOENT' ? 'not-found' : 'invalid-input', `${path} ${reason} and try again.`, {
      cause: thrown,
    });
  });
  return parseMarketFile(isGzip(bytes) ? await unpack(bytes, path) : bytes, path);
}

async function unpack(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    return await unzip(bytes, { maxOutputLength: UNPACKED_LIMIT });
  } catch (cause) {
    throw new AppError('invalid-input', `${path} is a damaged or oversized gzip file. Fetch or pack it again.`, {
      cause,
    });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
