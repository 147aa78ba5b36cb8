import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { EpochMs, TradingDate } from '../../core/brand.ts';
import type { RefreshedHolidays } from '../../core/calendar-refresh.ts';
import { AppError } from '../../core/errors.ts';
import { refreshedSchema } from './calendar-schema.ts';
import { fileExists, readJsonFile } from './read-data-file.ts';

export const NOTHING_REFRESHED: RefreshedHolidays = { holidays: {}, knownThrough: undefined };

/** What the exchange's list added when it was last asked; nothing when it never was. Throws an AppError for a broken file. */
export function readRefreshed(path: string): RefreshedHolidays {
  if (!fileExists(path)) return NOTHING_REFRESHED;
  const { holidays, knownThrough } = readJsonFile(path, refreshedSchema, 'Delete it: it is fetched again.');
  return { holidays, knownThrough: (knownThrough ?? undefined) as TradingDate | undefined };
}

/** Replaces the file at once or not at all. Throws an AppError when it cannot be written. */
export function writeRefreshed(path: string, { holidays, knownThrough }: RefreshedHolidays, fetchedAt: EpochMs): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const content = { version: 1, fetchedAt, holidays, knownThrough: knownThrough ?? null };
    writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`);
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    const message = `The exchange's holidays could not be saved in ${path}. Check that the folder may be written and the disk is not full.`;
    throw new AppError('storage', message, { cause });
  }
}
