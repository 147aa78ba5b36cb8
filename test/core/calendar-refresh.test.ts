import { describe, expect, it } from 'vitest';
import { weekday } from '../../src/core/calendar-date.ts';
import { checkHolidays, type ListedHoliday } from '../../src/core/calendar-refresh.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { day } from '../support/ist.ts';
import { appErrorOf } from '../support/thrown.ts';

const shipped = loadCalendarData(findResources(import.meta.dirname));
const nothing = { holidays: {}, knownThrough: undefined };
const today = day('2026-12-14');

const rows = (...dates: string[]): ListedHoliday[] => dates.map((date) => ({ date: day(date), name: `Off ${date}` }));
/** All that ships of 2026, as the exchange lists it: weekends too. */
const year2026 = rows(
  ...Object.keys(shipped.holidays).filter((date) => date.startsWith('2026')),
  '2026-02-15',
  '2026-03-21',
  '2026-08-15',
  '2026-11-08',
);
/** Invented, but for 26 January: 15 August and 2 October 2027 are a Sunday and a Saturday. */
const dates2027 = ['01-26', '03-08', '03-22', '03-26', '04-14', '05-17', '09-06', '10-29', '11-15', '12-24'];
const year2027 = rows(...dates2027.map((date) => `2027-${date}`), '2027-08-15');

const check = (
  list: readonly ListedHoliday[],
  previous = nothing as Parameters<typeof checkHolidays>[2],
  now = today,
) => checkHolidays(list, shipped, previous, now);

describe("the exchange's list", () => {
  it('adds nothing when it says what is known', () => {
    expect(check(year2026)).toEqual({ holidays: {}, knownThrough: undefined, contradictions: [] });
  });

  it('adds the next year when it is complete, weekends left out', () => {
    const checked = check([...year2026, ...year2027]);
    expect(Object.keys(checked.holidays)).toEqual(dates2027.map((date) => `2027-${date}`));
    expect(Object.keys(checked.holidays).every((date) => weekday(day(date)) < 5)).toBe(true);
    expect(checked).toMatchObject({ knownThrough: '2027-12-31', contradictions: [] });
    // The list of 2027 alone, as it stands from January on.
    expect(check(year2027, nothing, day('2027-01-04')).knownThrough).toBe('2027-12-31');
  });

  it.each<[string, readonly string[]]>([
    ['few days', dates2027.slice(0, 7)],
    ['no Republic Day', dates2027.slice(1)],
  ])('with %s of the next year adds them and does not call it known', (_what, dates) => {
    const checked = check([...year2026, ...rows(...dates.map((date) => `2027-${date}`))]);
    expect(Object.keys(checked.holidays)).toHaveLength(dates.length);
    expect(checked.knownThrough).toBeUndefined();
  });

  it('leaves no year out between', () => {
    expect(
      check(
        rows(...dates2027.map((date) => `2028-${date.replace('12-24', '08-15')}`), '2028-10-02'),
        nothing,
        day('2027-12-20'),
      ).knownThrough,
    ).toBeUndefined();
  });

  it('adds a day off that was declared meanwhile, today at the earliest', () => {
    const { holidays, contradictions } = check([...year2026, ...rows('2026-12-14', '2026-12-16')]);
    expect(holidays).toEqual({ '2026-12-14': 'Off 2026-12-14', '2026-12-16': 'Off 2026-12-16' });
    expect(contradictions).toEqual([]);
  });

  it('does not undo a day that was traded, nor a special session', () => {
    const { holidays, contradictions } = check([...year2026, ...rows('2026-12-11', '2026-12-10')]);
    expect(holidays).toEqual({});
    expect(contradictions).toHaveLength(2);
    expect(contradictions[0]).toContain(
      '2026-12-11 (Off 2026-12-11) as a holiday; by the calendar the market was open',
    );
    const planned = {
      ...shipped,
      special: [{ date: '2026-12-16', name: 'Drill', sessions: [['09:15', '10:00']] as const }],
    };
    const special = checkHolidays([...year2026, ...rows('2026-12-16')], planned, nothing, today);
    expect(special.holidays).toEqual({});
    expect(special.contradictions[0]).toContain('special session');
  });

  it('keeps a holiday that it does not name, and says so', () => {
    const { holidays, contradictions } = check(year2026.filter(({ date }) => date !== '2026-12-25'));
    expect(holidays).toEqual({});
    expect(contradictions).toEqual([expect.stringContaining('does not list 2026-12-25 (Christmas), which stays')]);
  });

  it('moves a day that an earlier list had elsewhere, and keeps those that are past', () => {
    const previous = {
      holidays: { '2026-12-10': 'Was off', '2026-12-16': 'Moved away', '2027-03-08': 'Of next year' },
      knownThrough: day('2027-12-31'),
    };
    const checked = check([...year2026, ...rows('2026-12-17')], previous);
    expect(Object.keys(checked.holidays)).toEqual(['2026-12-10', '2027-03-08', '2026-12-17']);
    expect(checked.knownThrough).toBe('2027-12-31');
  });

  it('laid on twice is laid on once', () => {
    const first = check([...year2026, ...year2027]);
    expect(check([...year2026, ...year2027], first)).toEqual(first);
  });

  const many = Array.from({ length: 300 }, (_each, index) =>
    day(new Date(Date.UTC(2027, 0, 4 + index)).toISOString().slice(0, 10)),
  );
  it.each<[string, readonly ListedHoliday[], string]>([
    ['nothing', [], 'hardly any holidays'],
    ['four days', year2026.slice(0, 4), 'hardly any holidays'],
    [
      'weekends alone',
      rows('2026-02-15', '2026-03-21', '2026-08-15', '2026-11-08', '2026-12-05'),
      'hardly any holidays',
    ],
    ['300 days of a year', rows(...many), 'holidays in 2027'],
    ['another century', rows(...dates2027.map((date) => `2127-${date}`)), 'of the year 2127'],
    ['three years', [...rows('2025-12-25'), ...year2026, ...year2027], 'of 3 years'],
  ])('of %s is refused', (_what, list, why) => {
    const error = appErrorOf(() => check(list));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain(why);
    expect(error.message).toContain('The calendar stays as it is');
  });
});
