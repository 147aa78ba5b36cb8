import { describe, expect, it } from 'vitest';
import { type CalendarData, createCalendar, type SpecialSession } from '../../src/core/calendar.ts';
import { mergeCalendar } from '../../src/core/calendar-overlay.ts';
import { day, ist } from '../support/ist.ts';

const base: CalendarData = {
  utcOffsetMinutes: 330,
  covers: { from: '2026-01-01', to: '2026-12-31' },
  hours: [
    { segment: 'nse-cas', from: null, continuous: ['09:15', '15:15'], closingAuction: ['15:15', '15:35'] },
    { segment: 'nse-fno', from: null, continuous: ['09:15', '15:40'] },
  ],
  holidays: { '2026-11-24': 'A holiday', '2026-11-10': 'Another' },
  special: [
    { date: '2026-11-08', name: 'Muhurat', sessions: [['18:00', '19:00']], provisional: true },
    { date: '2026-11-08', name: 'Muhurat', segments: ['nse-fno'], sessions: [['18:00', '18:45']] },
  ],
};
const session = (data: CalendarData, date: string, segment: 'nse-cas' | 'nse-fno' = 'nse-cas') =>
  createCalendar(data, segment).session(day(date));

describe('a calendar with another laid on it', () => {
  it('has the holidays of both, in order', () => {
    const { holidays } = mergeCalendar(base, { holidays: { '2026-11-19': 'Elections', '2026-11-24': 'Renamed' } });
    expect(Object.entries(holidays)).toEqual([
      ['2026-11-10', 'Another'],
      ['2026-11-19', 'Elections'],
      ['2026-11-24', 'Renamed'],
    ]);
  });

  it('is open where a holiday is taken back', () => {
    const merged = mergeCalendar(base, { notHolidays: ['2026-11-24', '2026-11-20'] });
    expect(session(merged, '2026-11-24')?.open).toBe(ist('2026-11-24 09:15'));
  });

  it('has new hours for all, or for those it names', () => {
    const hours = { date: '2026-11-08', name: 'As announced', sessions: [['17:30', '18:30']] } satisfies SpecialSession;
    const forAll = mergeCalendar(base, { special: [hours] });
    expect([session(forAll, '2026-11-08'), session(forAll, '2026-11-08', 'nse-fno')]).toEqual([
      expect.objectContaining({ open: ist('2026-11-08 17:30'), provisional: false }),
      expect.objectContaining({ open: ist('2026-11-08 17:30') }),
    ]);
    const forOne = mergeCalendar(base, { special: [{ ...hours, segments: ['nse-cas'] }] });
    expect(session(forOne, '2026-11-08')?.open).toBe(ist('2026-11-08 17:30'));
    expect(session(forOne, '2026-11-08', 'nse-fno')?.close).toBe(ist('2026-11-08 18:45'));
  });

  it('may call a day off, or its auction alone', () => {
    const off = mergeCalendar(base, { special: [{ date: '2026-11-08', name: 'Called off', sessions: [] }] });
    expect(session(off, '2026-11-08')).toBeUndefined();
    const halt: SpecialSession = { date: '2026-11-19', name: 'Halt', sessions: [['09:15', '15:15']] };
    expect(session(mergeCalendar(base, { special: [halt] }), '2026-11-19')?.closingAuction).toBeUndefined();
    expect(session(base, '2026-11-19')?.closingAuction).toBeDefined();
  });

  it('knows further, and never less far', () => {
    expect(mergeCalendar(base, { knownThrough: '2027-12-31' }).covers).toEqual({
      from: '2026-01-01',
      to: '2027-12-31',
    });
    expect(mergeCalendar(base, { knownThrough: '2025-12-31' }).covers).toEqual(base.covers);
  });

  it('leaves a special session of ours to a holiday that is added later', () => {
    expect(session(mergeCalendar(base, { holidays: { '2026-11-08': 'Diwali' } }), '2026-11-08')).toBeDefined();
  });

  it('is the one below when nothing is laid on it', () => {
    expect(mergeCalendar(base, {})).toEqual(base);
  });
});
