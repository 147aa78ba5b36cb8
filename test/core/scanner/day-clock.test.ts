import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { type Calendar, ROUND_THE_CLOCK } from '../../../src/core/calendar.ts';
import { FX } from '../../../src/core/calendar-fx.ts';
import { DayClock } from '../../../src/core/scanner/day-clock.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';

const utc = (text: string): EpochMs => Date.parse(text) as EpochMs;

/** `HH:MM` of a bar's close, as rules see it. */
function closes(calendar: Calendar, timeframe: Timeframe, openTime: EpochMs): string {
  const { date, minute } = new DayClock(calendar, timeframe).momentOf(openTime);
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${date} ${digits(Math.floor(minute / 60))}:${digits(minute % 60)}`;
}

describe('the close of a bar on the clock of its market', () => {
  it('is of its session: the last bar may be short', () => {
    const calendar = nse('nse-cash');
    expect(closes(calendar, '5m', ist('2026-11-18 09:15'))).toBe('2026-11-18 09:20');
    expect(closes(calendar, '1h', ist('2026-11-18 15:15'))).toBe('2026-11-18 15:30');
    expect(closes(calendar, '1d', ist('2026-11-18 09:15'))).toBe('2026-11-18 15:30');
  });

  it('of a week is that of its last day, whatever the date it began', () => {
    expect(closes(nse('nse-cas'), '1w', ist('2026-11-16 09:15'))).toBe('2026-11-16 15:35');
  });

  it('at midnight is the end of its date', () => {
    expect(closes(ROUND_THE_CLOCK, '1h', utc('2026-11-18T23:00:00Z'))).toBe('2026-11-18 24:00');
    expect(closes(ROUND_THE_CLOCK, '1h', utc('2026-11-18T00:00:00Z'))).toBe('2026-11-18 01:00');
  });

  it('of currencies is by the wall in New York, though their date begins on the eve', () => {
    // In November New York is five hours behind; the date of the 18th begins on the 17th at 17:00.
    expect(closes(FX, '1h', utc('2026-11-17T22:00:00Z'))).toBe('2026-11-18 18:00');
    expect(closes(FX, '1h', utc('2026-11-18T05:00:00Z'))).toBe('2026-11-18 01:00');
    expect(closes(FX, '1h', utc('2026-11-18T21:00:00Z'))).toBe('2026-11-18 17:00');
    // In July it is four hours behind.
    expect(closes(FX, '1h', utc('2026-07-15T13:00:00Z'))).toBe('2026-07-15 10:00');
  });

  it('is right after the clocks were turned in the night', () => {
    // A date that lost the hour after 02:00.
    const short: Calendar = {
      ...ROUND_THE_CLOCK,
      dateOf: () => '2026-03-08' as ReturnType<Calendar['dateOf']>,
      midnight: (date) => utc(date === '2026-03-08' ? '2026-03-08T05:00:00Z' : '2026-03-09T04:00:00Z'),
    };
    expect(closes(short, '1h', utc('2026-03-08T13:00:00Z'))).toBe('2026-03-08 10:00');
    expect(closes(short, '1h', utc('2026-03-08T05:00:00Z'))).toBe('2026-03-08 01:00');
  });

  it('is the same in whatever order bars are asked about', () => {
    const clock = new DayClock(nse('nse-cash'), '5m');
    const [one, other] = [ist('2026-11-18 09:15'), ist('2026-11-19 10:00')];
    const expected = [clock.momentOf(one), clock.momentOf(other)];
    expect([clock.momentOf(other), clock.momentOf(one)].reverse()).toEqual(expected);
  });
});
