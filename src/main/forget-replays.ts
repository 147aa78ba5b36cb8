import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { DAY_MS, type EpochMs } from '../core/brand.ts';
import { removeStore } from './store/remove-store.ts';

/** A recording that was not played for so long is read from its file again. */
const KEPT_MS = 30 * DAY_MS;

/**
 * Deletes the stores of recordings that were played back long ago: all in them can be made again from the files.
 * `pattern` is the path that their names are made of; `kept` is the one in use. Answers the names deleted.
 */
export function forgetReplays(pattern: string, kept: string, now: EpochMs): readonly string[] {
  const folder = dirname(pattern);
  const extension = extname(pattern);
  const stem = `${basename(pattern, extension)}-`;
  return readdirSync(folder).filter((name) => {
    const path = join(folder, name);
    if (!name.startsWith(stem) || extname(name) !== extension || path === kept) return false;
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    return now - used > KEPT_MS && removeStore(path);
  });
}
