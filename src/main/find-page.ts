import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../core/errors.ts';

/** The project's or package's folder: the nearest one at or above `start` that holds `package.json`. */
export function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new AppError(
    'not-found',
    'This installation is incomplete: its package.json is missing. Install Tickscope again.',
  );
}

/** The folder of the built page. Throws an AppError when it has not been built. */
export function findPage(root: string): string {
  const page = join(root, 'out', 'renderer');
  if (existsSync(join(page, 'index.html'))) return page;
  throw new AppError('not-found', 'The page has not been built. Run: npm run build');
}
