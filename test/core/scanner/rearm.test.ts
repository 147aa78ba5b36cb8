import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../../src/core/brand.ts';
import type { Rule } from '../../../src/core/rule.ts';
import { ist } from '../../support/ist.ts';
import { barAt, foundIn, tape, tapeLane } from './tape-lane.ts';

/** Findings of a rule that looks for closes above 10 and below 5. */
const found = (closes: readonly (number | undefined)[], fields: Partial<Rule> = {}): readonly string[] =>
  foundIn(tapeLane({ buy: 'close > 10', sell: 'close < 5', ...fields }), tape(closes));

describe('a lane', () => {
  it('finds a condition when it becomes true, not while it stays so', () => {
    expect(found([9, 11, 12, 9, 13])).toEqual(['1 buy', '4 buy']);
  });

  it('finds nothing on its first bar, and nothing that was true there already', () => {
    expect(found([11, 12, 9, 11])).toEqual(['3 buy']);
  });

  it('arms each side by itself', () => {
    expect(found([7, 4, 11, 4, 11])).toEqual(['1 sell', '2 buy', '3 sell', '4 buy']);
  });

  it('finds the buy alone where both sides are true, and the sell when it is true alone', () => {
    expect(found([7, 9, 7], { buy: 'close > 8', sell: 'close > 8' })).toEqual(['1 buy']);
    expect(found([7, 9, 12, 9], { buy: 'close > 8 and close < 11', sell: 'close > 8' })).toEqual([
      '1 buy',
      '2 sell',
      '3 buy',
    ]);
  });

  it('arms after as many bars as the rule says', () => {
    const closes = [9, 9, 11, 9, 11, 9, 9, 11];
    expect(found(closes, { rearm: { kind: 'bars', bars: 2 } })).toEqual(['2 buy', '7 buy']);
  });

  it('arms a side by its own condition, and one without a condition by a bar', () => {
    const rearm: Rule['rearm'] = { kind: 'condition', buy: 'close < 7', sell: null };
    expect(found([6, 11, 9, 11, 6, 11, 4, 9, 4], { rearm })).toEqual(['1 buy', '5 buy', '6 sell', '8 sell']);
  });

  it('begins each date by the last bar before it', () => {
    const lane = tapeLane({ buy: 'close > 10', rearm: { kind: 'bars', bars: 5 } });
    foundIn(lane, tape([9], '2026-11-17 15:15'));
    // Disarmed at 15:00; false on the day's last bar, which arms it for the next day although five bars have not passed.
    expect(foundIn(lane, tape([9, 11, 9], '2026-11-18 14:45'))).toEqual(['1 buy']);
    expect(foundIn(lane, tape([11, 9, 11], '2026-11-19 09:15'))).toEqual(['0 buy']);
    // True on the day's last bar: the next day is the same rise.
    expect(foundIn(lane, tape([11, 12], '2026-11-20 09:15'))).toEqual([]);
  });

  it('goes on from day to day where a bar is a day', () => {
    const lane = tapeLane({ timeframe: '1d', buy: 'close > 10', rearm: { kind: 'bars', bars: 2 } });
    const days = ['16', '17', '18', '19', '20'].map((date, at) =>
      barAt(ist(`2026-11-${date} 09:15`), [9, 9, 11, 9, 11][at] ?? 0, { timeframe: '1d' }),
    );
    expect(foundIn(lane, days)).toEqual(['2 buy']);
  });

  it('keeps quiet for the minutes it was told to, either side, and is disarmed by what it keeps quiet about', () => {
    const closes = [9, 11, 9, 11, 12, 9, 4];
    expect(found(closes, { cooldownMinutes: 45 })).toEqual(['1 buy', '6 sell']);
    expect(found(closes, { cooldownMinutes: 30 })).toEqual(['1 buy', '3 buy', '6 sell']);
    expect(found(closes, { onlyNew: true })).toEqual(['1 buy']);
  });

  it('finds nothing after its last day, or outside its hours', () => {
    expect(found([9, 11], { expiresOn: '2026-11-17' as TradingDate })).toEqual([]);
    expect(found([9, 11], { expiresOn: '2026-11-18' as TradingDate })).toEqual(['1 buy']);
    expect(found([9, 11, 9, 11], { activeHours: { from: '10:00', to: '11:00' } })).toEqual(['3 buy']);
  });
});
