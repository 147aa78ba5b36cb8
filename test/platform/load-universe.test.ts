import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { currentKey, membersOn, universeWarning } from '../../src/core/universe.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadFullUniverse, loadUniverse } from '../../src/main/platform/load-universe.ts';
import { day } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

const resources = findResources(import.meta.dirname);
const shipped = loadFullUniverse(resources, join(resources, 'none.json'), () => undefined);
const key = (symbol: string) => `NSE:${symbol}` as InstrumentKey;

function withOwn(content: unknown) {
  const file = join(tempFolder(), 'universe.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const troubles: string[] = [];
  const universe = loadFullUniverse(resources, file, ({ message }) => troubles.push(message));
  return { universe, troubles, file };
}
const INFY = {
  key: 'NSE:INFY',
  name: 'Infosys',
  segment: 'nse-cas',
  sector: null,
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};

describe('the shipped universe', () => {
  it('is the list that is watched, and knows what its shares were called', () => {
    expect(shipped.instruments).toEqual(loadUniverse(resources));
    expect(currentKey(key('ZOMATO'), shipped.renames)).toBe('NSE:ETERNAL');
    expect(currentKey(key('TATAMOTORS'), shipped.renames)).toBe('NSE:TMPV');
  });

  it.each([
    ['2026-08-22', ['INDIGO', 'MAXHEALTH', 'TMPV'], ['HEROMOTOCO', 'INDUSINDBK']],
    ['2025-09-29', ['HEROMOTOCO', 'INDUSINDBK', 'JIOFIN'], ['INDIGO', 'MAXHEALTH']],
    ['2025-03-27', ['BPCL', 'BRITANNIA', 'TRENT'], ['JIOFIN', 'ETERNAL']],
    ['2024-09-27', ['DIVISLAB', 'LTIM', 'SHRIRAMFIN'], ['BEL', 'TRENT', 'UPL']],
  ])('knows the fifty members on %s', (date, inside, outside) => {
    const members = membersOn(shipped, day(date));
    expect(members?.size).toBe(50);
    for (const symbol of inside) expect(members, symbol).toContain(key(symbol));
    for (const symbol of outside) expect(members, symbol).not.toContain(key(symbol));
  });

  it('knows neither the members before March 2024 nor those since the review of September 2026', () => {
    expect(membersOn(shipped, day('2024-03-27'))).toBeUndefined();
    expect(membersOn(shipped, day('2026-09-30'))).toBeUndefined();
    expect(universeWarning(shipped.asOf, day('2026-11-21'))).toContain('2026-09-30');
  });
});

describe('a person’s own universe', () => {
  it('takes the place of ours, and keeps our renames', () => {
    const { universe, troubles } = withOwn({ asOf: '2026-11-21', instruments: [INFY] });
    expect(troubles).toEqual([]);
    expect(universe.instruments.map((instrument) => instrument.key)).toEqual(['NSE:INFY']);
    expect(universe.asOf).toBe('2026-11-21');
    expect(universe.renames).toEqual(shipped.renames);
    expect(universe.changes).toEqual([]);
    expect(membersOn(universe, day('2026-11-21'))).toBeUndefined();
  });

  const renames = (...pairs: readonly (readonly [string, string])[]) => ({
    asOf: '2026-11-21',
    instruments: [INFY],
    renames: pairs.map(([from, to]) => ({ from, to, firstSession: '2026-01-01' })),
  });
  it.each([
    ['no JSON', 'instruments: []', 'not JSON'],
    ['no date', { instruments: [INFY] }, 'asOf'],
    ['no instruments', { asOf: '2026-11-21', instruments: [] }, 'instruments'],
    ['a broken key', { asOf: '2026-11-21', instruments: [{ ...INFY, key: 'INFY' }] }, 'instruments.0.key'],
    ['renames in a circle', renames(['NSE:A', 'NSE:B'], ['NSE:B', 'NSE:C'], ['NSE:C', 'NSE:A']), 'circle'],
    ['a rename to itself', renames(['NSE:A', 'NSE:A']), 'circle'],
    ['a circle beside a good rename', renames(['NSE:X', 'NSE:Y'], ['NSE:A', 'NSE:B'], ['NSE:B', 'NSE:A']), 'circle'],
    ['two renames of one symbol', renames(['NSE:A', 'NSE:B'], ['NSE:A', 'NSE:C']), 'twice'],
    [
      'changes out of order',
      {
        asOf: '2026-11-21',
        instruments: [INFY],
        changes: ['2026-09-30', '2026-03-30'].map((effective) => ({ effective, added: [], removed: [], status: 'x' })),
      },
      'oldest first',
    ],
    [
      'a change half known',
      {
        asOf: '2026-11-21',
        instruments: [INFY],
        changes: [{ effective: '2026-03-30', added: [], removed: null, status: 'x' }],
      },
      'changes.0.removed',
    ],
  ])('with %s is ignored, in a sentence', (_case, content, field) => {
    const { universe, troubles, file } = withOwn(content);
    expect(universe).toEqual(shipped);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain(file);
    expect(troubles[0]).toContain('is ignored');
    expect(troubles[0]).toContain(field);
  });
});
