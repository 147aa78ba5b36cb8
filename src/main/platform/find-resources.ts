import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../core/errors.ts';

const LANDMARK = join('calendar', 'nse.json');

/**
 * The `resources` folder, looked for in `start` and every folder above it: from the sources (`src/main`),
 * from the build (`out/main`) and from a package (`process.resourcesPath`, which may be the folder itself).
 */
export function findResources(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'resources'), folder]) {
      if (existsSync(join(candidate, LANDMARK))) return candidate;
    }
    if (folder === dirname(folder)) break;
  }
  throw new AppError(
    'not-found',
    'The folder "resources" with the market calendar is missing from this installation. Install Tickscope again.',
    { context: { start } },
  );
}
