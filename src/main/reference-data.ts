import { join } from 'node:path';
import type { CorporateAction } from '../core/corporate-action.ts';
import type { AppError } from '../core/errors.ts';
import type { Universe } from '../core/universe.ts';
import { loadCorporateActions } from './platform/load-corporate-actions.ts';
import { loadFullUniverse } from './platform/load-universe.ts';
import { type Calendars, openCalendars } from './platform/open-calendars.ts';
import type { DataPaths } from './platform/paths.ts';

/** What is known of the markets before any of them is opened. */
export interface ReferenceData {
  readonly universe: Universe;
  readonly actions: readonly CorporateAction[];
  readonly calendars: Calendars;
}

/**
 * The lists that ship with the app, with what the owner's own files in the data folder say beside them. A file of the
 * owner's that cannot be used is told and left out. Throws an AppError when a shipped one is broken.
 */
export function openReferenceData(
  resourcesDir: string,
  { dir, cache }: DataPaths,
  onTrouble: (error: AppError) => void,
): ReferenceData {
  return {
    universe: loadFullUniverse(resourcesDir, join(dir, 'universe.json'), onTrouble),
    actions: loadCorporateActions(resourcesDir, join(dir, 'corporate-actions.json'), onTrouble),
    calendars: openCalendars({
      resourcesDir,
      overrideFile: join(dir, 'calendar.json'),
      refreshedFile: join(cache, 'nse-holidays.json'),
      onTrouble,
    }),
  };
}
