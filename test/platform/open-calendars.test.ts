import { describe, expect, it } from 'vitest';
import { calendarFolder, isOpen, shippedCalendars } from '../support/calendar-folder.ts';
import { day, ist } from '../support/ist.ts';

describe("the owner's calendar", () => {
  it('goes before what ships', () => {
    const { open, own, troubles } = calendarFolder();
    own({
      holidays: { '2026-11-19': 'Elections', '2027-01-26': 'Republic Day' },
      notHolidays: ['2026-11-24'],
      special: [
        { date: '2026-11-08', name: 'Muhurat', sessions: [['17:30', '18:30']], preOpen: ['17:15', '17:30'] },
        { date: '2026-11-18', name: 'After a halt', segments: ['nse-cas'], sessions: [['09:15', '15:15']] },
      ],
      knownThrough: '2027-12-31',
    });
    const calendars = open();
    expect(troubles).toEqual([]);
    expect(['2026-11-19', '2026-11-24', '2027-01-26'].map((date) => isOpen(calendars, date))).toEqual([
      false,
      true,
      false,
    ]);
    const stocks = calendars.calendarOf('nse-cas');
    expect(stocks.session(day('2026-11-08'))).toMatchObject({ open: ist('2026-11-08 17:30'), provisional: false });
    expect(stocks.session(day('2026-11-18'))?.closingAuction).toBeUndefined();
    expect(calendars.calendarOf('nse-index').session(day('2026-11-18'))?.closingAuction).toBeDefined();
    expect(stocks.knownThrough).toBe('2027-12-31');
    expect(calendars.data.holidays['2026-11-19']).toBe('Elections');
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'it is not JSON'],
    ['a date that is none', { holidays: { '2026-02-30': 'Off' } }, 'holidays.2026-02-30'],
    ['a word nobody knows', { holiday: {} }, 'the whole'],
    ['a Saturday that is no holiday', { notHolidays: ['2026-11-21'] }, 'notHolidays.0: is a Saturday or Sunday'],
    ['a day both ways', { holidays: { '2026-11-19': 'Off' }, notHolidays: ['2026-11-19'] }, 'notHolidays.0'],
    [
      'hours that end first',
      { special: [{ date: '2026-11-19', name: 'Short', sessions: [['15:00', '09:15']] }] },
      'special.0.sessions.0',
    ],
    [
      'an auction in the middle',
      {
        special: [
          { date: '2026-11-19', name: 'Odd', sessions: [['09:15', '15:15']], closingAuction: ['14:00', '14:10'] },
        ],
      },
      'special.0.closingAuction',
    ],
    [
      'a segment nobody knows',
      { special: [{ date: '2026-11-19', name: 'Odd', segments: ['bse'], sessions: [] }] },
      'special.0.segments.0',
    ],
  ])('with %s is left out, and told with file and field', (_what, content, field) => {
    const { open, own, troubles, overrideFile } = calendarFolder();
    own(content);
    const calendars = open();
    expect(calendars.data).toEqual(shippedCalendars().data);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]?.message).toContain(overrideFile);
    expect(troubles[0]?.message).toContain(field);
    expect(troubles[0]?.message).toContain('the calendar that came with Tickscope holds');
  });
});

describe('the calendars', () => {
  it('are those of every segment', () => {
    const { open } = calendarFolder();
    const { calendarOf } = open();
    expect(calendarOf('nse-fno').session(day('2026-11-20'))?.close).toBe(ist('2026-11-20 15:40'));
    expect(calendarOf('24x7').session(day('2026-11-22'))).toBeDefined();
    expect(calendarOf('fx').session(day('2026-11-20'))?.close).toBe(Date.UTC(2026, 10, 20, 22));
    expect(calendarOf('moex').session(day('2026-11-20'))?.open).toBe(Date.UTC(2026, 10, 20, 4));
    expect(calendarOf('us').session(day('2026-11-20'))?.open).toBe(Date.UTC(2026, 10, 20, 14, 30));
    expect(calendarOf('nse-cas')).toBe(calendarOf('nse-cas'));
  });
});
