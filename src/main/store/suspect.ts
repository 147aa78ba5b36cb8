import { rmSync, statSync, writeFileSync } from 'node:fs';

/** An empty file beside the store: damage was met while it was in use, so its next opening looks at every page. */
const suspectFile = (path: string): string => `${path}.suspect`;

/** Never throws: what is told to the person is the damage. */
export function markSuspect(path: string): void {
  try {
    writeFileSync(suspectFile(path), '');
  } catch {
    // Without the mark a large file is not checked at the next start; a small one is.
  }
}

export function isSuspect(path: string): boolean {
  return statSync(suspectFile(path), { throwIfNoEntry: false }) !== undefined;
}

export function clearSuspect(path: string): void {
  rmSync(suspectFile(path), { force: true });
}
