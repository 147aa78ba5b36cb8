import { join } from 'node:path';
import { createFileVault, type FileVaultOptions } from '../../src/main/platform/file-vault.ts';
import { FakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A vault at `path` that notes what it hides and warns of. */
export function vaultAt(path: string, options: Partial<FileVaultOptions> = {}) {
  const clock = new FakeClock(5_000);
  const [hidden, warnings]: [string[], string[]] = [[], []];
  const vault = createFileVault(path, {
    clock,
    env: {},
    hide: (value) => void hidden.push(value),
    warn: (message) => void warnings.push(message),
    ...options,
  });
  return { vault, clock, hidden, warnings };
}

export const somewhere = (): string => join(tempFolder(), 'vault.json');
