import { join } from 'node:path';
import type { Calendar, CalendarData } from '../../core/calendar.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import { findResources } from '../platform/find-resources.ts';
import { loadFullUniverse } from '../platform/load-universe.ts';
import { type Calendars, openCalendars } from '../platform/open-calendars.ts';
import type { CliIo } from './cli-command.ts';

/** The owner's own calendar, in the data folder. */
export const OWN_CALENDAR = 'calendar.json';

/** What is known of the market without looking into a store. */
export interface KnownMarket {
  readonly instruments: readonly Instrument[];
  /** Old symbols of shares. */
  readonly renames: readonly SymbolRename[];
  calendarOf(segment: Segment): Calendar;
  /** What that calendar is made of; undefined where no data is needed. */
  calendarData(segment: Segment): CalendarData | undefined;
}

/**
 * The lists that ship with the app, with what the exchange and the owner say beside them in the data folder `dir`,
 * which need not be there. A file that cannot be used is told and left out.
 */
export function openKnownMarket(dir: string, io: Pick<CliIo, 'talk'>): KnownMarket {
  const calendars = openKnownCalendars(dir, io);
  const universe = join(dir, 'universe.json');
  const { instruments, renames } = loadFullUniverse(findResources(import.meta.dirname), universe, teller(io));
  return {
    instruments,
    renames,
    calendarOf: (segment) => calendars.calendarOf(segment),
    calendarData: (segment) => calendars.dataOf(segment),
  };
}

/** The calendars alone, on the same terms. */
export function openKnownCalendars(dir: string, io: Pick<CliIo, 'talk'>): Calendars {
  return openCalendars({
    resourcesDir: findResources(import.meta.dirname),
    overrideFile: join(dir, OWN_CALENDAR),
    refreshedFile: join(dir, 'cache', 'nse-holidays.json'),
    onTrouble: teller(io),
  });
}

function teller({ talk }: Pick<CliIo, 'talk'>): (error: Error) => void {
  return ({ message }) => void talk.write(`${message}\n`);
}
