import { describe, expect, it } from 'vitest';
import { barAt } from '../../src/core/bar-time.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '../../src/core/brand.ts';
import { sessionAtOrAfter } from '../../src/core/calendar.ts';
import { addDays, weekday } from '../../src/core/calendar-date.ts';
import { calendars } from '../../src/main/platform/calendars.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { day } from '../support/ist.ts';

const resources = findResources(import.meta.dirname);
const us = calendars(resources)('us');
const utc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`) as EpochMs;

/** The wall clock in New York by the time zone database of this machine. */
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe("New York's stocks", () => {
  it.each([
    ['a winter day: 09:30 is 14:30 UTC', '2026-11-20', '2026-11-20 14:30', '2026-11-20 21:00'],
    ['a summer day: 09:30 is 13:30 UTC', '2026-07-15', '2026-07-15 13:30', '2026-07-15 20:00'],
    // The clocks went forward on Sunday 8 March 2026, back on Sunday 1 November.
    ['the Friday before summer', '2026-03-06', '2026-03-06 14:30', '2026-03-06 21:00'],
    ['the Monday after', '2026-03-09', '2026-03-09 13:30', '2026-03-09 20:00'],
    ['the Friday before winter', '2026-10-30', '2026-10-30 13:30', '2026-10-30 20:00'],
    ['the Monday after it', '2026-11-02', '2026-11-02 14:30', '2026-11-02 21:00'],
    ['half a day after Thanksgiving', '2026-11-27', '2026-11-27 14:30', '2026-11-27 18:00'],
    ['half a day in summer', '2025-07-03', '2025-07-03 13:30', '2025-07-03 17:00'],
  ])('trade on %s', (_case, date, open, close) => {
    const span = { open: utc(open), close: utc(close) };
    expect(us.session(day(date))).toMatchObject({ ...span, parts: [span], preOpen: undefined, provisional: false });
    expect(us.dateOf(utc(open))).toBe(date);
  });

  it.each(['2026-11-26', '2025-01-09', '2026-07-03', '2027-12-24', '2026-11-21', '2024-03-29'])(
    'rest on %s',
    (date) => {
      expect(us.session(day(date))).toBeUndefined();
    },
  );

  it('wait over the weekend on which the clocks are turned', () => {
    expect(sessionAtOrAfter(us, utc('2026-03-06 21:00'))?.open).toBe(utc('2026-03-09 13:30'));
    expect(sessionAtOrAfter(us, utc('2026-10-30 20:00'))?.open).toBe(utc('2026-11-02 14:30'));
  });

  it('have hours of trade counted from their own open, in summer and in winter', () => {
    expect(barAt(utc('2026-07-15 14:29'), '1h', us)?.openTime).toBe(utc('2026-07-15 13:30'));
    expect(barAt(utc('2026-11-20 15:29'), '1h', us)?.openTime).toBe(utc('2026-11-20 14:30'));
  });

  it('have days with the hours of the time zone database, from 2007 to 2060', () => {
    const wrong: string[] = [];
    for (let date = day('2007-01-01'); date < '2060-12-31'; date = addDays(date, 1)) {
      const begins = us.midnight(date);
      const length = us.midnight(addDays(date, 1)) - begins;
      const dates = [us.dateOf(begins), us.dateOf((begins + length - 1) as EpochMs)];
      const isRight = wall.format(begins) === `${date} 00:00:00` && dates.every((each) => each === date);
      const isUsual = length === DAY_MS || (weekday(date) === 6 && Math.abs(length - DAY_MS) === HOUR_MS);
      if (!isRight || !isUsual || wall.format(us.anchor(date)) !== `${date} 09:30:00`) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('are known for 2024 to 2027, ten holidays a year and one day of mourning', () => {
    const { holidays, covers } = loadCalendarData(resources, 'us');
    expect(covers).toEqual({ from: '2024-01-01', to: '2027-12-31' });
    expect(Object.keys(holidays)).toHaveLength(41);
    expect(Object.keys(holidays).filter((date) => weekday(day(date)) > 4)).toEqual([]);
  });
});
