import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';

/** A field as it lies in the file: plain, or sealed by the operating system's key store. */
const field = z.union([z.string(), z.strictObject({ sealed: z.string() })]);
export type StoredField = z.infer<typeof field>;

const entry = z.strictObject({ savedAt: z.int().nonnegative(), fields: z.record(z.string(), field) });
export type StoredEntry = z.infer<typeof entry>;

const vaultFile = z.strictObject({ version: z.literal(1), brokers: z.record(z.string(), entry) });

/** All entries by broker; none when the file is not there. Throws an AppError when it is not a vault of ours. */
export function readVaultFile(path: string): ReadonlyMap<string, StoredEntry> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Map();
    throw new AppError('storage', `The credentials in ${path} cannot be read. Allow reading it, or move it away.`, {
      cause,
    });
  }
  try {
    return new Map(Object.entries(vaultFile.parse(JSON.parse(text)).brokers));
  } catch {
    // The cause would quote the file's content, and that must reach neither screen nor log.
    const message = `The credentials file ${path} is damaged. Move it away and enter the credentials again in Settings.`;
    throw new AppError('storage', message);
  }
}

/** Replaces the file at once or not at all, readable by its owner only. */
export function writeVaultFile(path: string, entries: ReadonlyMap<string, StoredEntry>): void {
  const text = `${JSON.stringify({ version: 1, brokers: Object.fromEntries(entries) }, undefined, 2)}\n`;
  const draft = `${path}.${process.pid}.tmp`;
  try {
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (cause) {
    discard(draft);
    const message = `The credentials could not be saved in ${path}. Check that the folder may be written and the disk is not full.`;
    throw new AppError('storage', message, { cause });
  }
}

function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // The folder that refused the draft may refuse this too; the first refusal is the one to tell of.
  }
}

/**
 * True when others could read the file, which they no longer can. Windows keeps its users apart by other means,
 * and its mode bits say nothing.
 */
export function closeToOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.mode & 0o077) === 0) return false;
  try {
    chmodSync(path, 0o600);
    return true;
  } catch (cause) {
    const message = `Others can read the credentials in ${path}, and Tickscope may not change that. Run: chmod 600 ${path}`;
    throw new AppError('storage', message, { cause });
  }
}
