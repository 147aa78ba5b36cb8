import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

export const HEADER = 'time,open,high,low,close,volume';
export const OPEN = ist('2026-07-30 09:15');
export const INFY = 'NSE:INFY' as InstrumentKey;

/** Bars from 09:15 of 2026-07-30 on. */
export function rows(count: number, { first = 0, stepMs = 60_000, open = OPEN as number } = {}): string[] {
  return Array.from({ length: count }, (_, index) => {
    const bar = first + index;
    return `${(open + bar * stepMs) / 1_000},${100 + bar},${102 + bar},${99 + bar},${101 + bar},10`;
  });
}

/** Writes the files under a header into a new folder, and imports them all. */
export async function importFiles(files: Readonly<Record<string, readonly string[]>>, options: readonly string[] = []) {
  const folder = tempFolder();
  const db = join(folder, 'bars.sqlite');
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), [HEADER, ...lines].join('\n'));
  const run = await runCli(importCommand, [...Object.keys(files), '--db', db, ...options], folder);
  return { ...run, folder, db };
}

/** What the look finds in the database. */
export function reading<Result>(db: string, look: (store: Store) => Result): Result {
  const store = openStore(db);
  try {
    return look(store);
  } finally {
    store.close();
  }
}

/** All stored bars of an instrument. */
export const stored = (db: string, timeframe: Timeframe = '1m', key = INFY) =>
  reading(db, (store) => store.storedCandles(key, timeframe, 0 as EpochMs, Number.MAX_SAFE_INTEGER as EpochMs));
