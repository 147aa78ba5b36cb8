import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '../engine/ports.ts';

/**
 * Writes a file that can be had again from the venue: beside its place and then moved, so that nobody ever reads half of
 * it. Not keeping it is no failure; `trouble` is the sentence for the log.
 */
export async function keepFile(path: string, text: string, trouble: string, logger: Logger): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    logger.warn(trouble, { code });
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
