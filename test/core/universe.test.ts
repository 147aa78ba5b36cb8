import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { SymbolRename } from '../../src/core/corporate-action.ts';
import { currentKey, formerKeys, membersOn, type Universe, universeWarning } from '../../src/core/universe.ts';
import { day } from '../support/ist.ts';
import { stock } from '../support/tape.ts';

const key = (symbol: string) => `NSE:${symbol}` as InstrumentKey;
const rename = (from: string, to: string, firstSession = '2025-04-09'): SymbolRename => ({
  from: key(from),
  to: key(to),
  firstSession: day(firstSession),
});
const change = (effective: string, added?: readonly string[], removed?: readonly string[]) => ({
  effective: day(effective),
  added: added?.map(key),
  removed: removed?.map(key),
  status: 'confirmed',
});

describe('membersOn', () => {
  const universe: Universe = {
    asOf: day('2026-08-22'),
    instruments: [{ ...stock('NIFTY 50'), segment: 'nse-index' }, ...['A', 'B', 'C'].map(stock)],
    renames: [],
    changes: [
      change('2024-09-30', ['A'], ['X']),
      change('2025-09-30', ['B'], ['Y']),
      change('2026-03-30', [], []),
      change('2026-09-30'),
    ],
  };
  const on = (date: string) => {
    const members = membersOn(universe, day(date));
    return members && [...members].sort();
  };

  it.each([
    ['after the last known review', '2026-09-29', ['A', 'B', 'C']],
    ['on the first day of a new list', '2025-09-30', ['A', 'B', 'C']],
    ['on the last day of the one before', '2025-09-29', ['A', 'C', 'Y']],
    ['on the first known day', '2024-09-30', ['A', 'C', 'Y']],
  ])('tells the members %s', (_case, date, symbols) => {
    expect(on(date)).toEqual(symbols.map(key));
  });

  it('does not know what was before the oldest change', () => {
    expect(on('2024-09-29')).toBeUndefined();
    expect(membersOn({ ...universe, changes: [] }, day('2026-08-22'))).toBeUndefined();
  });

  it('does not know the outcome of a review nobody told', () => {
    expect(on('2026-09-30')).toBeUndefined();
  });
});

describe('the symbols of a renamed share', () => {
  const renames = [rename('B', 'C', '2024-01-01'), rename('A', 'B', '2023-01-01'), rename('D', 'E')];

  it.each([
    ['A', 'C'],
    ['B', 'C'],
    ['C', 'C'],
    ['D', 'E'],
    ['Z', 'Z'],
  ])('%s is called %s now', (old, now) => {
    expect(currentKey(key(old), renames)).toBe(key(now));
  });

  it('are told backwards, the newest first', () => {
    expect(formerKeys(key('C'), renames)).toEqual([key('B'), key('A')]);
    expect(formerKeys(key('A'), renames)).toEqual([]);
  });

  it('come to an end even in a circle', () => {
    const circle = [rename('A', 'B'), rename('B', 'A')];
    expect(currentKey(key('A'), circle)).toBe(key('A'));
    expect(formerKeys(key('A'), circle)).toEqual([key('B'), key('A')]);
  });
});

describe('universeWarning', () => {
  it.each([
    ['2026-08-22', '2026-09-29'],
    ['2026-09-30', '2026-11-21'],
    ['2026-08-22', '2026-08-22'],
    ['2026-12-01', '2027-03-30'],
  ])('says nothing of a list of %s on %s', (asOf, today) => {
    expect(universeWarning(day(asOf), day(today))).toBeUndefined();
  });

  it.each([
    ['2026-08-22', '2026-09-30', '2026-09-30'],
    ['2026-08-22', '2026-11-21', '2026-09-30'],
    ['2026-09-30', '2027-04-01', '2027-03-31'],
    ['2026-08-22', '2027-02-01', '2026-09-30'],
  ])('warns that a list of %s on %s is older than the review of %s', (asOf, today, review) => {
    const text = universeWarning(day(asOf), day(today));
    expect(text).toContain(`is of ${asOf}`);
    expect(text).toContain(`about ${review}`);
    expect(text).toContain('universe.json');
  });
});
