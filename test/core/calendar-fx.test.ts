import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt } from '../../src/core/bar-time.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '../../src/core/brand.ts';
import { sessionAtOrAfter } from '../../src/core/calendar.ts';
import { addDays, weekday } from '../../src/core/calendar-date.ts';
import { FX } from '../../src/core/calendar-fx.ts';
import { newYorkOffset } from '../../src/core/new-york-time.ts';
import { day } from '../support/ist.ts';

const utc = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`) as EpochMs;

/** The wall clock in New York by the time zone database of this machine. */
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'medium',
});

describe('the day of currencies', () => {
  it.each([
    // Winter: 17:00 in New York is 22:00 UTC. Summer: 21:00.
    ['a Monday in November opens on Sunday', '2026-11-23', '2026-11-22 22:00', '2026-11-23 22:00'],
    ['a Friday ends the week', '2026-11-20', '2026-11-19 22:00', '2026-11-20 22:00'],
    ['a day in July', '2026-07-15', '2026-07-14 21:00', '2026-07-15 21:00'],
    // The clocks went forward on Sunday 8 March 2026, back on Sunday 1 November.
    ['the Friday before summer', '2026-03-06', '2026-03-05 22:00', '2026-03-06 22:00'],
    ['the Monday after', '2026-03-09', '2026-03-08 21:00', '2026-03-09 21:00'],
    ['the Friday before winter', '2026-10-30', '2026-10-29 21:00', '2026-10-30 21:00'],
    ['the Monday after it', '2026-11-02', '2026-11-01 22:00', '2026-11-02 22:00'],
  ])('%s', (_case, date, open, close) => {
    expect(FX.session(day(date))).toMatchObject({ open: utc(open), close: utc(close) });
    expect(FX.dateOf(utc(open))).toBe(date);
    expect(FX.dateOf((utc(close) - 1) as EpochMs)).toBe(date);
  });

  it.each(['2026-11-21', '2026-11-22', '2025-12-25', '2027-01-01'])('is none on %s', (date) => {
    expect(FX.session(day(date))).toBeUndefined();
  });

  it('has no warning to give: there are no holidays to learn', () => {
    expect(FX.knownThrough).toBeUndefined();
    expect(FX.covers(day('2040-01-01'))).toBe(true);
  });

  it('waits from Friday evening to Sunday evening, and over Christmas', () => {
    expect(sessionAtOrAfter(FX, utc('2026-11-20 22:00'))?.open).toBe(utc('2026-11-22 22:00'));
    expect(sessionAtOrAfter(FX, utc('2025-12-24 22:00'))?.open).toBe(utc('2025-12-25 22:00'));
  });

  it('counts bars from five in the afternoon', () => {
    expect(barAt(utc('2026-11-23 03:00'), '4h', FX)?.openTime).toBe(utc('2026-11-23 02:00'));
    expect(barAt(utc('2026-11-23 03:00'), '1w', FX)).toEqual({
      openTime: utc('2026-11-22 22:00'),
      closeTime: utc('2026-11-27 22:00'),
    });
  });
});

describe('the hour in New York', () => {
  it('is that of the time zone database, every day from 1987 to 2060', () => {
    const wrong: string[] = [];
    for (let date = day('1987-01-01'); date < '2060-12-31'; date = addDays(date, 1)) {
      const five = Date.parse(`${date}T17:00:00Z`) - newYorkOffset(date);
      if (wall.format(five) !== `${date} 17:00:00`) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('ends the day wherever one looks', () => {
    const moments = fc.integer({ min: utc('2000-01-01 00:00'), max: utc('2050-01-01 00:00') });
    fc.assert(
      fc.property(moments, (moment) => {
        const time = moment as EpochMs;
        const date = FX.dateOf(time);
        expect(wall.format(time + 7 * HOUR_MS).slice(0, 10)).toSatisfy(
          // Seven hours later it is another date in New York, but for the hour a clock skips or repeats.
          (later: string) => later === date || weekday(date) === 6 || weekday(date) === 5,
        );
        expect(FX.midnight(date)).toBeLessThanOrEqual(time);
        expect(time).toBeLessThan(FX.midnight(addDays(date, 1)));
        const session = FX.session(date);
        if (session !== undefined) expect(session.close - session.open).toBe(DAY_MS);
      }),
      { numRuns: 2_000 },
    );
  });
});
