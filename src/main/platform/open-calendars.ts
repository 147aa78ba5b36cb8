import type { TradingDate } from '../../core/brand.ts';
import type { Calendar, CalendarData } from '../../core/calendar.ts';
import { type CalendarOverlay, mergeCalendar } from '../../core/calendar-overlay.ts';
import { checkHolidays, type RefreshedHolidays } from '../../core/calendar-refresh.ts';
import { AppError } from '../../core/errors.ts';
import type { Segment } from '../../core/instrument.ts';
import { calendarDataOf, calendarsOf } from './calendars.ts';
import { loadCalendarData, loadOverride } from './load-calendar.ts';
import { fetchHolidayList, type RefreshSource } from './refresh-calendar.ts';
import { NOTHING_REFRESHED, readRefreshed, writeRefreshed } from './refreshed-file.ts';

export interface CalendarFiles {
  readonly resourcesDir: string;
  /** The owner's own calendar.json; it need not be there. */
  readonly overrideFile: string;
  /** Where the exchange's list is kept between starts. */
  readonly refreshedFile: string;
  /** A file that cannot be used is left out, with a sentence. */
  onTrouble(error: AppError): void;
}

/** What asking the exchange came to. */
export type RefreshOutcome =
  | {
      readonly kind: 'refreshed';
      /** Holidays that were not known before. */
      readonly added: readonly TradingDate[];
      readonly knownThrough: TradingDate;
      /** Where exchange and calendar differ, in sentences; the calendar stayed. */
      readonly contradictions: readonly string[];
    }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'stopped' };

/** The calendars in force. */
export interface Calendars {
  /** The segment's calendar; it follows what `refresh` learns. */
  calendarOf(segment: Segment): Calendar;
  /** What the segment's calendar is made of just now; undefined where no data is needed. */
  dataOf(segment: Segment): CalendarData | undefined;
  /** NSE's days: what ships, what the exchange added, and what the owner says, the last going before the others. */
  readonly data: CalendarData;
  /** Asks the exchange once for its holidays, and keeps what it adds. Never throws. */
  refresh(source: RefreshSource, stop: AbortSignal): Promise<RefreshOutcome>;
}

/** Throws an AppError when the shipped calendar is broken; a broken file of the owner's is told and left out. */
export function openCalendars({ resourcesDir, overrideFile, refreshedFile, onTrouble }: CalendarFiles): Calendars {
  const shipped = loadCalendarData(resourcesDir);
  const orElse = <Value>(read: () => Value, fallback: Value): Value => {
    try {
      return read();
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
      return fallback;
    }
  };
  const override: CalendarOverlay = orElse(() => loadOverride(overrideFile), undefined) ?? {};
  let refreshed: RefreshedHolidays = orElse(() => readRefreshed(refreshedFile), NOTHING_REFRESHED);

  const merge = (): CalendarData => mergeCalendar(mergeCalendar(shipped, refreshed), override);
  let data = merge();
  let dataOf = calendarDataOf(data, resourcesDir);
  let build = calendarsOf(dataOf);
  const following = new Map<Segment, Calendar>();

  return {
    calendarOf(segment) {
      const calendar = following.get(segment) ?? follow(() => build(segment));
      following.set(segment, calendar);
      return calendar;
    },
    dataOf: (segment) => dataOf(segment),
    get data() {
      return data;
    },
    async refresh(source, stop) {
      try {
        const rows = await fetchHolidayList(source, stop);
        const now = source.clock.now();
        const today = build('nse-cas').dateOf(now);
        const { contradictions, ...next } = checkHolidays(rows, shipped, refreshed, today);
        const before = data.holidays;
        refreshed = next;
        data = merge();
        dataOf = calendarDataOf(data, resourcesDir);
        build = calendarsOf(dataOf);
        orElse(() => writeRefreshed(refreshedFile, next, now), undefined);
        const added = Object.keys(data.holidays).filter((date) => !Object.hasOwn(before, date)) as TradingDate[];
        return { kind: 'refreshed', added, knownThrough: data.covers.to as TradingDate, contradictions };
      } catch (thrown) {
        return stop.aborted ? { kind: 'stopped' } : { kind: 'failed', error: AppError.from(thrown) };
      }
    },
  };
}

/** A calendar that is always the newest one. */
function follow(current: () => Calendar): Calendar {
  return {
    dateOf: (time) => current().dateOf(time),
    midnight: (date) => current().midnight(date),
    session: (date) => current().session(date),
    anchor: (date) => current().anchor(date),
    covers: (date) => current().covers(date),
    get knownThrough() {
      return current().knownThrough;
    },
  };
}
