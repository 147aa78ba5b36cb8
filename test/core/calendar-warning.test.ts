import { describe, expect, it } from 'vitest';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { FX } from '../../src/core/calendar-fx.ts';
import { calendarWarning } from '../../src/core/calendar-warning.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const at = (time: string) => calendarWarning(nse(), ist(time));

describe('what a calendar does not know', () => {
  it('is nothing while the year is long', () => {
    expect(at('2026-10-01 10:00')).toBeUndefined();
    // 45 days before New Year's Day is the 17th of November.
    expect(at('2026-11-16 23:59')).toBeUndefined();
  });

  it('is the next year, when it is near, and what to do', () => {
    const soon =
      'The holidays of 2027 are not known yet: after 31 December 2026 every weekday counts as a trading day. Update Tickscope before then, or add the holidays to calendar.json in the data folder.';
    expect(at('2026-11-17 00:00')).toBe(soon);
    expect(at('2026-12-31 23:59')).toBe(soon);
  });

  it('is the year itself, when it has come', () => {
    const past =
      'The holidays of 2027 are not known: every weekday counts as a trading day, and on a holiday Tickscope waits for prices that do not come. Update Tickscope, or add the holidays to calendar.json in the data folder.';
    expect(at('2027-01-01 00:00')).toBe(past);
    expect(at('2028-06-01 00:00')).toContain('The holidays of 2028 are not known:');
  });

  it('is the hours that nobody announced, in the week before and on the day', () => {
    const guess =
      'The exchange has not published the hours of 8 November 2026: 18:00 to 19:15 is a guess. Correct it in calendar.json in the data folder when they are known.';
    expect(at('2026-11-07 12:00')).toBe(guess);
    expect(at('2026-11-08 19:14')).toBe(guess);
    expect(at('2026-11-08 19:15'), 'when it is over').toBeUndefined();
    expect(at('2026-11-06 12:00'), 'while another session comes first').toBeUndefined();
  });

  it('is nothing of the past: bars tell when it was traded', () => {
    expect(at('2016-08-16 10:00')).toBeUndefined();
  });

  it('is nothing where there are no holidays to know', () => {
    for (const calendar of [ROUND_THE_CLOCK, FX])
      expect(calendarWarning(calendar, ist('2030-12-30 10:00'))).toBeUndefined();
  });
});
