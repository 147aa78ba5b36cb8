import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A folder of one test's own, gone when it ends. */
export function tempFolder(): string {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  return folder;
}

/** A folder for all tests of a file or a `describe`, gone after the last. To be called outside of them. */
export function tempFolderForAll(): string {
  const { folder, remove } = makeFolder();
  afterAll(remove);
  return folder;
}

function makeFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tickscope-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Root may write anywhere, so what an ordinary user meets is tried as nobody. On Windows mode bits mean little. */
export const hasFileModes = process.platform !== 'win32';

/** Runs `work` as a user whom file modes bind, in a folder opened to that user. */
export function asOrdinaryUser<Result>(folder: string, work: () => Result): Result {
  if (process.getuid?.() !== 0) return work();
  const nobody = 65_534;
  chmodSync(folder, 0o777);
  process.seteuid?.(nobody);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
