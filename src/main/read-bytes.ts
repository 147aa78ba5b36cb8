import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '../core/errors.ts';

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

/** The file's bytes, unpacked where it is gzipped (told from its first bytes). Throws an AppError that names it. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason = REASONS[code] ?? `cannot be read (${code}). Check the disk`;
    throw new AppError(code === 'ENOENT' ? 'not-found' : 'invalid-input', `${path} ${reason} and try again.`, {
      cause,
    });
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: UNPACKED_LIMIT });
  } catch (cause) {
    throw new AppError('invalid-input', `${path} is a damaged or oversized gzip file. Fetch or pack it again.`, {
      cause,
    });
  }
}
