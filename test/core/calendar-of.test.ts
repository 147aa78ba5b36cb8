import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { calendarFrom, hasOwnDays } from '../../src/core/calendar-of.ts';
import { SEGMENTS } from '../../src/core/instrument.ts';
import { shippedCalendars } from '../support/calendar-folder.ts';

describe('a calendar made of its data', () => {
  it('has the sessions of the one in force, also after a journey as a message', () => {
    const calendars = shippedCalendars();
    for (const segment of SEGMENTS) {
      const made = calendarFrom(segment, structuredClone(calendars.dataOf(segment)));
      const [inForce, days] = [calendars.calendarOf(segment), Array.from({ length: 400 }, (_, day) => day)];
      for (const date of days.map((day) => addDays('2026-01-01' as TradingDate, day)))
        expect(made.session(date), `${segment} ${date}`).toEqual(inForce.session(date));
    }
  });

  it('needs none where days follow a rule of their own', () => {
    expect(SEGMENTS.filter(hasOwnDays)).toEqual(['24x7', 'fx']);
    expect(() => calendarFrom('us', undefined)).toThrow(RangeError);
  });
});
