import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import { ist } from '../../support/ist.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const BARS = 'time,open,high,low,close,volume';

export const key = (text: string): InstrumentKey => text as InstrumentKey;

/** Writes a CSV file that lives as long as the test, and gives its path. */
export function file(name: string, header: string, rows: readonly (readonly (string | number)[])[]): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, [header, ...rows.map((row) => row.join(','))].join('\n'));
  return path;
}

/** A row of a bars file that opens at a time on a wall in India. */
export function bar(time: string, close: number): (string | number)[] {
  return [ist(time) / 1_000, close, close + 1, close - 0.5, close, 10];
}

export function replaySettings(files: readonly string[], speed = 0): Settings['feed'] {
  return settingsSchema.parse({ feed: { source: 'replay', replay: { files, speed } } }).feed;
}
