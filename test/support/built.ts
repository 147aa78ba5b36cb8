import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from './start-app.ts';

/** Builds main, preload and page unless the build is newer than every source. Throws what the builder said. */
export function ensureBuilt(): void {
  const script = join(PROJECT, 'scripts', 'build-if-needed.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed: ${stderr}`);
}
