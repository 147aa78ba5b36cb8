import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { lookBack } from '../../src/core/look-back.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();

/** Sessions from the look-back's first to the one of `now`, both counted. */
function sessions(from: EpochMs, now: EpochMs): number {
  let count = 0;
  for (let date = calendar.dateOf(from); date <= calendar.dateOf(now); date = addDays(date, 1))
    if (calendar.session(date) !== undefined) count += 1;
  return count;
}

describe('lookBack', () => {
  it.each([
    ['hours since the closing auction: six a day', '1h', '2026-10-30T15:30', 34],
    ['hours before it: seven a day', '1h', '2026-07-31T15:30', 29],
    ['five minutes: seventy-two a day', '5m', '2026-10-30T15:30', 3],
    ['days', '1d', '2026-10-30T15:30', 200],
  ] as const)('counts two hundred %s', (_case, timeframe, now, expected) => {
    expect(sessions(lookBack(calendar, timeframe, 200, ist(now)), ist(now))).toBe(expected);
  });

  it('counts only bars that have closed', () => {
    expect(lookBack(calendar, '1h', 2, ist('2026-07-31T11:20'))).toBe(ist('2026-07-31T09:15'));
    expect(lookBack(calendar, '1h', 3, ist('2026-07-31T11:20'))).toBe(ist('2026-07-30T09:15'));
  });

  it('passes over a weekend and a holiday', () => {
    expect(lookBack(calendar, '1d', 1, ist('2026-11-25T10:00')), 'the 24th is a holiday').toBe(ist('2026-11-23T09:15'));
  });
});
