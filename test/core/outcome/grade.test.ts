import { describe, expect, it } from 'vitest';
import type { EpochMs, TradingDate } from '../../../src/core/brand.ts';
import type { Session } from '../../../src/core/calendar.ts';
import { columnsOf } from '../../../src/core/candle-columns.ts';
import { type Entry, gradeByNextDay, gradeInSession, NO_OUTCOME } from '../../../src/core/outcome/grade.ts';
import { gradingFrame, SessionBars } from '../../../src/core/outcome/session-bars.ts';
import type { Side } from '../../../src/core/signal.ts';
import { TIMEFRAMES } from '../../../src/core/timeframe.ts';
import { nse } from '../../support/nse.ts';

/** Monday, the first day that ends in the closing auction: continuous trading is 09:15 to 15:15. */
const DAY = '2026-08-03' as TradingDate;
const at = (clock: string): EpochMs => Date.parse(`${DAY}T${clock}:00+05:30`) as EpochMs;
const NIGHT = at('23:00');

function session(): Session {
  return nse('nse-cas').session(DAY) ?? expect.unreachable('a day of trading');
}

/** Bars that close at 100, 101, 102, … from 09:20 on, each with a high and low half a rupee off; without some. */
function bars(missing: readonly string[] = [], now: EpochMs = NIGHT): SessionBars {
  const left = missing.map(at);
  const rows = Array.from({ length: 72 }, (_, index) => {
    const openTime = (session().open + index * 300_000) as EpochMs;
    const close = 100 + index;
    return { openTime, open: close - 0.25, high: close + 0.5, low: close - 0.5, close, volume: 10 };
  });
  return new SessionBars(session(), '5m', columnsOf(rows.filter(({ openTime }) => !left.includes(openTime))), now);
}

const entry = (side: Side, clock: string, price: number): Entry => ({ side, price, closedAt: at(clock) });

describe('an outcome within the session', () => {
  it('is read off the bars that end at each moment', () => {
    // Closes: 10:20 is the 13th bar, 112; 10:25 113, 10:35 115, 11:20 124; 15:15 is the 72nd, 171.
    expect(gradeInSession(entry('buy', '10:20', 112), bars())).toEqual({
      after5: (113 / 112 - 1) * 100,
      after15: (115 / 112 - 1) * 100,
      after60: (124 / 112 - 1) * 100,
      atClose: (171 / 112 - 1) * 100,
      best: (171.5 / 112 - 1) * 100,
      // The bar after the signal went down to 112.5: above the price, so nothing was ever lost.
      worst: 0,
    });
  });

  it('turns round for a sell', () => {
    const outcome = gradeInSession(entry('sell', '10:20', 112), bars());
    expect(outcome.after5).toBe(-(113 / 112 - 1) * 100);
    expect([outcome.best, outcome.worst]).toEqual([0, -(171.5 / 112 - 1) * 100]);
  });

  it('knows no moment beyond the session, and none of a signal at its end', () => {
    const late = gradeInSession(entry('buy', '15:05', 169), bars());
    expect(late.after5).toBe((170 / 169 - 1) * 100);
    expect([late.after15, late.after60]).toEqual([undefined, undefined]);
    expect(late.atClose).toBe((171 / 169 - 1) * 100);
    expect(gradeInSession(entry('buy', '15:15', 171), bars())).toEqual(NO_OUTCOME);
    // After fifteen minutes the session just ends: that price is known.
    expect(gradeInSession(entry('buy', '15:00', 168), bars()).after15).toBe((171 / 168 - 1) * 100);
  });

  it('is not read off the bar beside a missing one', () => {
    const { after5, after15, after60, atClose, best } = gradeInSession(entry('buy', '10:20', 112), bars(['10:20']));
    expect(after5).toBeUndefined();
    expect([after15, after60, atClose, best].every((known) => known !== undefined)).toBe(true);
    const untold = gradeInSession(entry('buy', '10:20', 112), bars(['15:10']));
    expect([untold.atClose, untold.best, untold.worst]).toEqual([undefined, undefined, undefined]);
    expect(untold.after60).toBe((124 / 112 - 1) * 100);
  });

  it('grows with the day: a bar that is still forming is none', () => {
    const then = gradeInSession(entry('buy', '10:20', 112), bars([], (at('10:35') - 1) as EpochMs));
    expect(then.after5).toBe((113 / 112 - 1) * 100);
    expect([then.after15, then.atClose, then.best]).toEqual([undefined, undefined, undefined]);
    expect(gradeInSession(entry('buy', '10:20', 112), bars([], at('10:35'))).after15).toBe((115 / 112 - 1) * 100);
  });

  it('closes a short last bar with the session', () => {
    const rows = [14, 15].map((hour) => ({
      openTime: at(`${hour}:15`),
      open: 1,
      high: 1,
      low: 1,
      close: hour,
      volume: 1,
    }));
    const other = nse('nse-cash').session(DAY) ?? expect.unreachable('a day of trading');
    const hours = new SessionBars(other, '1h', columnsOf(rows), NIGHT);
    expect(hours.priceAt(at('15:15'))).toBe(14);
    expect(hours.priceAt(at('15:30'))).toBe(15);
    expect(hours.priceAt(at('16:15'))).toBeUndefined();
    expect(hours.priceAt(at('15:20')), 'no hour ends then').toBeUndefined();
  });
});

describe('an outcome by the next day', () => {
  it('is its close, high and low', () => {
    expect(gradeByNextDay({ side: 'sell', price: 200 }, { high: 210, low: 190, close: 196 })).toEqual({
      ...NO_OUTCOME,
      atClose: -(196 / 200 - 1) * 100,
      best: -(190 / 200 - 1) * 100,
      worst: -(210 / 200 - 1) * 100,
    });
    expect(gradeByNextDay({ side: 'buy', price: 200 }, undefined)).toEqual(NO_OUTCOME);
  });
});

it('signals are graded by bars whose closes fall on theirs and on each moment', () => {
  const frames = Object.fromEntries(TIMEFRAMES.map((timeframe) => [timeframe, gradingFrame(timeframe)]));
  expect(frames).toMatchObject({ '5s': '5s', '30s': '30s', '45s': '15s', '1m': '1m', '3m': '1m', '5m': '5m' });
  expect(frames).toMatchObject({ '10m': '5m', '1h': '5m', '4h': '5m', '1d': undefined, '1w': undefined });
});
