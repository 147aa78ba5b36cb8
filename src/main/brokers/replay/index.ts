import { AppError } from '../../../core/errors.ts';
import type { BrokerModule } from '../broker-module.ts';
import { manifest } from './manifest.ts';
import { symbolOfFile } from './market-file.ts';
import { openReplay } from './open-replay.ts';
import { readMarketFile } from './read-market-file.ts';
import type { ReplayFile } from './replay-file.ts';

/** Recorded markets. Each start plays the files from their beginning: what was stored before is found again. */
export const replay: BrokerModule = {
  manifest,
  async open({ settings, clock, instruments, calendarOf, logger }) {
    const files: ReplayFile[] = [];
    // One after another, so that five hundred unpacked files do not wait in memory for their turn.
    for (const path of settings.replay.files) files.push(await readReplayFile(path));
    return openReplay({ files, speed: settings.replay.speed, clock, instruments, calendarOf, logger });
  },
};

/** Reads a file and tells its instrument from its name, unless `symbol` does. */
export async function readReplayFile(path: string, symbol = symbolOfFile(path)): Promise<ReplayFile> {
  if (symbol === '') {
    throw new AppError(
      'invalid-input',
      `${path} names no instrument. Rename it to begin with a symbol, as INFY.csv does.`,
    );
  }
  return { name: path, symbol, file: await readMarketFile(path) };
}
