import { join } from 'node:path';
import type { Calendar } from '../../core/calendar.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import { findResources } from '../platform/find-resources.ts';
import { loadFullUniverse } from '../platform/load-universe.ts';
import { openCalendars } from '../platform/open-calendars.ts';
import type { CliIo } from './cli-command.ts';

/** What is known of the market without looking into a store. */
export interface KnownMarket {
  readonly instruments: readonly Instrument[];
  calendarOf(segment: Segment): Calendar;
}

/**
 * The lists that ship with the app, with what the exchange and the owner say beside them in the data folder `dir`,
 * which need not be there. A file that cannot be used is told and left out.
 */
export function openKnownMarket(dir: string, { talk }: Pick<CliIo, 'talk'>): KnownMarket {
  const resourcesDir = findResources(import.meta.dirname);
  const onTrouble = (error: Error): void => void talk.write(`${error.message}\n`);
  const calendars = openCalendars({
    resourcesDir,
    overrideFile: join(dir, 'calendar.json'),
    refreshedFile: join(dir, 'cache', 'nse-holidays.json'),
    onTrouble,
  });
  const { instruments } = loadFullUniverse(resourcesDir, join(dir, 'universe.json'), onTrouble);
  return { instruments, calendarOf: (segment) => calendars.calendarOf(segment) };
}
