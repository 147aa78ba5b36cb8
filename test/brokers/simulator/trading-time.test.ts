import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { nextPlayTime, startTime } from '../../../src/main/brokers/simulator/trading-time.ts';
import { ist } from '../../support/ist.ts';
import { calendarOf } from '../open-context.ts';

const calendars = [calendarOf('nse-cas'), calendarOf('nse-index')];

describe('where the simulated market begins', () => {
  it.each([
    ['a weekend', '2026-11-21 12:00', '2026-11-20 09:30'],
    ['the middle of a session', '2026-11-20 13:00', '2026-11-20 09:30'],
    ['the first minute of a session', '2026-11-20 09:15', '2026-11-20 09:30'],
    ['before the open', '2026-11-20 08:00', '2026-11-19 09:30'],
    ['a holiday', '2026-11-10 12:00', '2026-11-09 09:30'],
    ['a computer that lost its date', '1970-01-01 05:30', '2023-01-02 09:30'],
  ])('at the first start, on %s', (_case, now, begin) => {
    expect(startTime(calendars, ist(now), undefined)).toBe(ist(begin));
  });

  it.each([
    ['the next whole minute', '2026-11-18 11:07:31', '2026-11-18 11:08'],
    ['the very minute', '2026-11-18 11:07:00', '2026-11-18 11:07'],
    ['the closing auction, from the last second', '2026-11-20 15:14:59', '2026-11-20 15:28'],
    ['the closing auction, from its idle minutes', '2026-11-18 15:16:00', '2026-11-18 15:28'],
    ['the very second, in the closing auction', '2026-11-18 15:28:31.200', '2026-11-18 15:28:32'],
    ['the next pre-open, from the evening', '2026-11-20 15:30:00', '2026-11-23 09:10'],
    ['the next pre-open, where no auction closes the day', '2026-07-30 15:29:59', '2026-07-31 09:10'],
    ['the open, from the pre-open’s idle minutes', '2026-11-20 09:11:01', '2026-11-20 09:15'],
    ['the pre-open of Muhurat trading', '2026-11-06 15:40:00', '2026-11-08 17:55'],
    ['the second part of a two-part day', '2024-03-02 10:20:00', '2024-03-02 11:30'],
  ])('after a run, at %s', (_case, resumeAt, begin) => {
    expect(startTime(calendars, ist('2026-11-21 12:00'), ist(resumeAt))).toBe(ist(begin));
  });

  it('takes no word of a run that cannot have been', () => {
    for (const resumeAt of [0, Number.NaN]) {
      expect(startTime(calendars, ist('2026-11-21 12:00'), resumeAt as EpochMs)).toBe(ist('2026-11-20 09:30'));
    }
  });

  it('knows when a market is played next', () => {
    expect(nextPlayTime(calendars, ist('2026-11-20 10:00'))).toBe(ist('2026-11-20 10:00'));
    expect(nextPlayTime(calendars, ist('2026-11-20 15:15'))).toBe(ist('2026-11-20 15:28'));
    expect(nextPlayTime(calendars, ist('2026-11-20 15:30'))).toBe(ist('2026-11-23 09:10'));
    expect(nextPlayTime(calendars, ist('2022-10-24 12:00')), 'no pre-open').toBe(ist('2022-10-24 18:15'));
    expect(nextPlayTime([...calendars, calendarOf('nse-cash')], ist('2026-11-20 15:15'))).toBe(ist('2026-11-20 15:15'));
    expect(nextPlayTime([...calendars, calendarOf('24x7')], ist('2026-11-20 15:15'))).toBe(ist('2026-11-20 15:15'));
    expect(nextPlayTime([], ist('2026-11-20 15:15'))).toBeUndefined();
  });
});
