import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt, periodSpan } from '../../src/core/bar-time.ts';
import { DAY_MS } from '../../src/core/brand.ts';
import { dayClose, type SpecialSession, sessionAtOrAfter } from '../../src/core/calendar.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { type CalendarOverlay, mergeCalendar } from '../../src/core/calendar-overlay.ts';
import { SEGMENTS } from '../../src/core/instrument.ts';
import { historyWindow } from '../../src/core/look-back.ts';
import { SCREEN_TIMEFRAMES } from '../../src/core/timeframe.ts';
import { calendars } from '../../src/main/platform/calendars.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { day } from '../support/ist.ts';

const resources = findResources(import.meta.dirname);
const calendarOf = calendars(resources);
const data = loadCalendarData(resources);

const dates = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays(day('2019-01-01'), days));
const segments = fc.constantFrom(...SEGMENTS);

describe('every session', () => {
  it('opens after its orders, has its parts in order, and closes before its closing auction', () => {
    fc.assert(
      fc.property(dates, segments, (date, segment) => {
        const session = calendarOf(segment).session(date);
        if (session === undefined) return;
        const { open, close, parts, preOpen, closingAuction, phases = [] } = session;
        const edges = [
          ...(preOpen === undefined ? [] : [preOpen.open, preOpen.close]),
          ...parts.flatMap((part) => [part.open, part.close]),
          ...(closingAuction === undefined ? [] : [closingAuction.open, closingAuction.close]),
        ];
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        for (const part of [...parts, ...phases]) expect(part.open).toBeLessThan(part.close);
        expect([parts[0]?.open, parts.at(-1)?.close]).toEqual([open, close]);
        expect(dayClose(session)).toBe(closingAuction?.close ?? close);
        expect(phases.map(({ open: at }) => at)).toEqual(phases.map(({ open: at }) => at).toSorted((a, b) => a - b));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is over before the next one begins, and lies on its own date', () => {
    fc.assert(
      fc.property(dates, segments, (date, segment) => {
        const calendar = calendarOf(segment);
        const session = calendar.session(date);
        if (session === undefined) return;
        for (const time of [session.preOpen?.open ?? session.open, dayClose(session) - 1])
          expect(calendar.dateOf(time as typeof session.open)).toBe(date);
        const next = sessionAtOrAfter(calendar, session.close);
        expect(next?.preOpen?.open ?? next?.open).toBeGreaterThanOrEqual(dayClose(session));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is one daily bar, auctions included', () => {
    fc.assert(
      fc.property(dates, segments, fc.double({ min: 0, max: 1, noNaN: true }), (date, segment, at) => {
        const calendar = calendarOf(segment);
        const session = calendar.session(date);
        const auction = session?.closingAuction ?? session?.preOpen;
        if (session === undefined || auction === undefined) return;
        const time = Math.floor(auction.open + at * (auction.close - auction.open - 1)) as typeof auction.open;
        expect(barAt(time, '1d', calendar)).toEqual(periodSpan(date, '1d', calendar));
        expect(barAt(time, '1m', calendar)).toBeUndefined();
      }),
    );
  });
});

describe('every window of history', () => {
  it('grows with the bars asked for, and never ends in the future', () => {
    fc.assert(
      fc.property(
        dates,
        segments,
        fc.constantFrom(...SCREEN_TIMEFRAMES),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: DAY_MS - 1 }),
        (date, segment, timeframe, bars, within) => {
          const calendar = calendarOf(segment);
          const now = (calendar.midnight(date) + within) as ReturnType<typeof calendar.midnight>;
          const { from, to } = historyWindow(calendar, timeframe, bars, now);
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(now);
          const longer = historyWindow(calendar, timeframe, bars + 1, now);
          expect(longer.to).toBe(to);
          expect(longer.from).toBeLessThanOrEqual(from);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('every calendar laid on another', () => {
  const special: fc.Arbitrary<SpecialSession> = fc.record({
    date: dates,
    name: fc.constant('Special'),
    sessions: fc.constantFrom([], [['18:00', '19:00'] as const]),
    segments: fc.option(fc.constantFrom(['nse-cas'] as const, ['nse-fno', 'nse-cash'] as const), { nil: undefined }),
  });
  const overlay: fc.Arbitrary<CalendarOverlay> = fc.record({
    holidays: fc.dictionary(dates, fc.constant('Off')),
    notHolidays: fc.array(fc.oneof(dates, fc.constantFrom(...Object.keys(data.holidays)))),
    special: fc.array(fc.oneof(special, fc.constantFrom(...data.special))),
    knownThrough: fc.option(dates as fc.Arbitrary<string>, { nil: undefined }),
  });

  it('is the same when it is laid on twice', () => {
    fc.assert(
      fc.property(overlay, (given) => {
        const once = mergeCalendar(data, given);
        expect(mergeCalendar(once, given)).toEqual(once);
      }),
    );
  });

  it('leaves every date alone that it does not name', () => {
    fc.assert(
      fc.property(overlay, (given) => {
        const { holidays = {}, notHolidays = [], special: days = [] } = given;
        const named = new Set<string>([...Object.keys(holidays), ...notHolidays, ...days.map(({ date }) => date)]);
        const merged = mergeCalendar(data, given);
        const others = (calendar: typeof data) => [
          Object.entries(calendar.holidays).filter(([date]) => !named.has(date)),
          calendar.special.filter(({ date }) => !named.has(date)),
        ];
        expect(others(merged)).toEqual(others(data));
        expect(merged.covers.to >= data.covers.to).toBe(true);
      }),
    );
  });
});
