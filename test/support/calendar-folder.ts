import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AppError } from '../../src/core/errors.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { type Calendars, openCalendars } from '../../src/main/platform/open-calendars.ts';
import { day } from './ist.ts';
import { tempFolder } from './temp-folder.ts';

export const resourcesDir = findResources(import.meta.dirname);

/** A data folder, and the calendars opened on it. */
export function calendarFolder() {
  const folder = tempFolder();
  const overrideFile = join(folder, 'calendar.json');
  const refreshedFile = join(folder, 'cache', 'nse-holidays.json');
  mkdirSync(join(folder, 'cache'));
  const troubles: AppError[] = [];
  const open = (): Calendars =>
    openCalendars({ resourcesDir, overrideFile, refreshedFile, onTrouble: (error) => troubles.push(error) });
  const own = (content: unknown): void =>
    writeFileSync(overrideFile, typeof content === 'string' ? content : JSON.stringify(content));
  return { folder, overrideFile, refreshedFile, troubles, open, own };
}

/** The calendars that ship, with nothing laid on them. */
export function shippedCalendars(): Calendars {
  const nowhere = join(resourcesDir, 'nowhere');
  const onTrouble = (error: AppError) => expect.unreachable(error.message);
  return openCalendars({ resourcesDir, overrideFile: nowhere, refreshedFile: nowhere, onTrouble });
}

export const isOpen = (calendars: Calendars, date: string): boolean =>
  calendars.calendarOf('nse-cas').session(day(date)) !== undefined;
