import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { symbolOf } from '../core/instrument.ts';
import type { WorldFiles } from './engine/opened-world.ts';
import type { Clock } from './engine/ports.ts';
import type { Store } from './engine/store-port.ts';
import type { World } from './engine/world.ts';
import { alertFileName, exportAlert } from './files/export-alert.ts';
import { exportCandles } from './files/export-candles.ts';
import { makeFolder } from './make-folder.ts';
import type { DataPaths } from './platform/paths.ts';

export interface WorldFilesParts {
  readonly world: World;
  readonly store: Store;
  /** The file the store is kept in. */
  readonly storePath: string;
  readonly paths: DataPaths;
  /** The clock on the wall: it goes into names. */
  readonly clock: Clock;
}

/** Files of one world, each under a name of its own: nothing is written over. Throws AppErrors that say what to do. */
export function worldFiles({ world, store, storePath, paths, clock }: WorldFilesParts): WorldFiles {
  return {
    async backUp() {
      const time = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
      const name = basename(storePath, extname(storePath));
      const path = freeName(paths.backups, `${name}-${time}`, '.sqlite');
      return { path, bytes: await store.backUp(path) };
    },
    async exportBars({ instrument, timeframe, from, to, format }) {
      const path = freeName(paths.exports, `${symbolOf(instrument)}_${timeframe}_${from}_${to}`, `.${format}`);
      const part = { instrument, timeframe, from, to, ...world.barsFor(instrument, timeframe) };
      const { bytes } = await exportCandles({ path, format }, [part], world.marketTime);
      return { path, bytes };
    },
    async exportAlert(id) {
      const path = freeName(paths.exports, alertFileName(id), '.json');
      return { path, bytes: await exportAlert(store, id, { path }) };
    },
  };
}

/** `name.csv`, or `name (2).csv` where that is taken. */
function freeName(folder: string, name: string, extension: string): string {
  makeFolder(folder, 0o700);
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : ` (${number})`}${extension}`);
    if (!existsSync(path)) return path;
  }
}
