import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, gone when it ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tickscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
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
