import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import {
  type CalendarData,
  createCalendar,
  isTrading,
  ROUND_THE_CLOCK,
  sessionAtOrAfter,
  sessionAtOrBefore,
} from '../../src/core/calendar.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { day, ist } from '../support/ist.ts';

/** A small exchange: its hours change on Monday 2026-08-03, its days off are few. */
const data: CalendarData = {
  utcOffsetMinutes: 330,
  covers: { from: '2026-01-01', to: '2026-12-31' },
  hours: [
    {
      segment: 'nse-cas',
      from: '2026-08-03',
      continuous: ['09:15', '15:15'],
      preOpen: ['09:00', '09:15'],
      closingAuction: ['15:15', '15:35'],
    },
    { segment: 'nse-cas', from: null, continuous: ['09:15', '15:30'] },
    { segment: 'nse-fno', from: '2026-01-01', continuous: ['09:15', '15:40'] },
  ],
  holidays: { '2026-11-24': 'A holiday', '2026-11-10': 'Another, with an evening session' },
  special: [
    { date: '2026-11-10', name: 'Evening', sessions: [['18:15', '19:15']], provisional: true },
    {
      date: '2026-03-07',
      name: 'Two parts on a Saturday',
      sessions: [
        ['09:15', '10:00'],
        ['11:30', '12:30'],
      ],
    },
    { date: '2026-05-04', name: 'Called off', sessions: [] },
  ],
};
const calendar = createCalendar(data, 'nse-cas');

describe('the calendar of a segment', () => {
  it('has the hours that held on the day', () => {
    expect(calendar.session(day('2026-07-31'))).toEqual({
      date: '2026-07-31',
      open: ist('2026-07-31 09:15'),
      close: ist('2026-07-31 15:30'),
      parts: [{ open: ist('2026-07-31 09:15'), close: ist('2026-07-31 15:30') }],
      preOpen: undefined,
      closingAuction: undefined,
      provisional: false,
    });
    expect(calendar.session(day('2026-08-03'))).toEqual({
      date: '2026-08-03',
      open: ist('2026-08-03 09:15'),
      close: ist('2026-08-03 15:15'),
      parts: [{ open: ist('2026-08-03 09:15'), close: ist('2026-08-03 15:15') }],
      preOpen: { open: ist('2026-08-03 09:00'), close: ist('2026-08-03 09:15') },
      closingAuction: { open: ist('2026-08-03 15:15'), close: ist('2026-08-03 15:35') },
      provisional: false,
    });
  });

  it.each([
    ['a Saturday', '2026-11-21'],
    ['a Sunday', '2026-11-22'],
    ['a holiday', '2026-11-24'],
    ['a day that was called off', '2026-05-04'],
  ])('has no session on %s', (_what, date) => {
    expect(calendar.session(day(date))).toBeUndefined();
  });

  it('lets a special session overrule a holiday and says when its hours are a guess', () => {
    expect(calendar.session(day('2026-11-10'))).toMatchObject({
      open: ist('2026-11-10 18:15'),
      close: ist('2026-11-10 19:15'),
      closingAuction: undefined,
      provisional: true,
    });
  });

  it('trades in both parts of a two-part day and not between them', () => {
    const session = calendar.session(day('2026-03-07'));
    if (session === undefined) return expect.unreachable();
    expect([session.open, session.close]).toEqual([ist('2026-03-07 09:15'), ist('2026-03-07 12:30')]);
    const trading = [
      '09:14:59.999',
      '09:15',
      '09:59:59.999',
      '10:00',
      '11:29:59.999',
      '11:30',
      '12:29:59.999',
      '12:30',
    ];
    expect(trading.map((time) => isTrading(session, ist(`2026-03-07 ${time}`)))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('counts bars from the session, and from the regular opening where there is none', () => {
    expect(calendar.anchor(day('2026-11-10'))).toBe(ist('2026-11-10 18:15'));
    expect(calendar.anchor(day('2026-11-24'))).toBe(ist('2026-11-24 09:15'));
    expect(calendar.anchor(day('2026-11-22'))).toBe(ist('2026-11-22 09:15'));
  });

  it('takes the date from the wall in India', () => {
    expect(calendar.dateOf(ist('2026-11-21 00:00'))).toBe('2026-11-21');
    expect(calendar.dateOf((ist('2026-11-21 00:00') - 1) as EpochMs)).toBe('2026-11-20');
    expect(calendar.dateOf(Date.UTC(2026, 10, 20, 18, 30) as EpochMs)).toBe('2026-11-21');
  });

  it('knows what it does not know', () => {
    const dates = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
    expect(dates.map((date) => calendar.covers(day(date)))).toEqual([false, true, true, false]);
    // Beyond it weekdays count, so that the app does not stand still on New Year's Day.
    expect(calendar.session(day('2027-01-01'))).toBeDefined();
  });

  it('says up to when it knows', () => {
    expect(calendar.knownThrough).toBe('2026-12-31');
    expect(ROUND_THE_CLOCK.knownThrough).toBeUndefined();
  });

  it('says which hours are missing', () => {
    expect(() => createCalendar(data, 'nse-fno').session(day('2025-12-31'))).toThrow('nse-fno on 2025-12-31');
    expect(() => createCalendar(data, 'nse-index').anchor(day('2026-08-03'))).toThrow(RangeError);
  });

  it('does not depend on the order of the rules', () => {
    const turned = createCalendar({ ...data, hours: data.hours.toReversed() }, 'nse-cas');
    for (const date of ['2026-07-31', '2026-08-03']) {
      expect(turned.session(day(date))).toEqual(calendar.session(day(date)));
    }
  });
});

describe('the session at or after a time', () => {
  it.each([
    ['before the opening', '2026-11-23 06:00', '2026-11-23'],
    ['at the opening', '2026-11-23 09:15', '2026-11-23'],
    ['in the last moment', '2026-11-23 15:14:59.999', '2026-11-23'],
    ['at the close, over a holiday', '2026-11-23 15:15', '2026-11-25'],
    ['at the close, over a weekend', '2026-11-20 15:15', '2026-11-23'],
    ['on a holiday', '2026-11-24 12:00', '2026-11-25'],
    ['between the parts of a day', '2026-03-07 10:30', '2026-03-07'],
    ['on the afternoon before an evening session', '2026-11-10 12:00', '2026-11-10'],
  ])('%s', (_when, time, date) => {
    expect(sessionAtOrAfter(calendar, ist(time))?.date).toBe(date);
  });

  it('is nowhere when the exchange stays closed', () => {
    const days = Array.from({ length: 61 }, (_, index) => [addDays(day('2026-08-01'), index), 'shut'] as const);
    const shut = createCalendar({ ...data, holidays: Object.fromEntries(days) }, 'nse-cas');
    expect(sessionAtOrAfter(shut, ist('2026-08-01 09:00'))).toBeUndefined();
    expect(sessionAtOrBefore(shut, ist('2026-09-30 09:00'))).toBeUndefined();
  });
});

describe('the session at or before a time', () => {
  it.each([
    ['at the opening', '2026-11-23 09:15', '2026-11-23'],
    ['after the close', '2026-11-23 23:59', '2026-11-23'],
    ['a moment before the opening', '2026-11-23 09:14:59.999', '2026-11-20'],
    ['on a holiday', '2026-11-24 12:00', '2026-11-23'],
    ['on a Sunday', '2026-11-22 12:00', '2026-11-20'],
    ['before an evening session', '2026-11-10 18:00', '2026-11-09'],
  ])('%s', (_when, time, date) => {
    expect(sessionAtOrBefore(calendar, ist(time))?.date).toBe(date);
  });
});

describe('a market that never closes', () => {
  it('has every UTC day for a session', () => {
    const time = Date.UTC(2026, 10, 22, 23, 59, 59, 999) as EpochMs;
    expect(createCalendar(data, '24x7')).toBe(ROUND_THE_CLOCK);
    expect(ROUND_THE_CLOCK.dateOf(time)).toBe('2026-11-22');
    const session = sessionAtOrAfter(ROUND_THE_CLOCK, time);
    expect(session).toEqual(sessionAtOrBefore(ROUND_THE_CLOCK, time));
    expect(session).toMatchObject({ open: Date.UTC(2026, 10, 22), close: Date.UTC(2026, 10, 23) });
    expect(sessionAtOrAfter(ROUND_THE_CLOCK, (time + 1) as EpochMs)?.date).toBe('2026-11-23');
  });
});
