import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCorporateActions } from '../../src/main/platform/load-corporate-actions.ts';
import { loadUniverse } from '../../src/main/platform/load-universe.ts';
import { nse } from '../support/nse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

const resources = findResources(import.meta.dirname);
const shipped = loadCorporateActions(resources, join(resources, 'none.json'), () => undefined);

/** The list with a person's file of that content, and what was said about it. */
function withOwn(content: unknown) {
  const file = join(tempFolder(), 'corporate-actions.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const troubles: string[] = [];
  const actions = loadCorporateActions(resources, file, ({ message }) => troubles.push(message));
  return { actions, troubles, file };
}
const RELIANCE = { instrument: 'NSE:RELIANCE', exDate: '2024-10-28', kind: 'bonus', factor: 0.5, note: 'mine' };

describe('the shipped corporate actions', () => {
  it('are of instruments we watch, on days that had a session, with a source', () => {
    const watched = new Set(loadUniverse(resources).map(({ key }) => key));
    expect(shipped.length).toBeGreaterThan(10);
    for (const { instrument, exDate, kind, factor, costShare, note } of shipped) {
      expect(watched, instrument).toContain(instrument);
      expect(nse().session(exDate), exDate).toBeDefined();
      expect(note.length, note).toBeGreaterThan(20);
      expect(factor).toBeLessThan(1);
      // Splits and bonuses are ratios of small whole numbers.
      if (kind !== 'demerger') expect((60 / factor) % 1, `${instrument} ${factor}`).toBeCloseTo(0, 9);
      if (costShare !== undefined) expect(kind).toBe('demerger');
    }
  });

  it('tell the steps of 2022 to 2025 that were checked by hand', () => {
    const product = (key: string, date: string) =>
      shipped
        .filter(({ instrument, exDate }) => instrument === key && exDate === date)
        .reduce((all, { factor }) => all * factor, 1);
    expect(product('NSE:TATASTEEL', '2022-07-28')).toBe(0.1);
    expect(product('NSE:RELIANCE', '2024-10-28')).toBe(0.5);
    expect(product('NSE:BAJFINANCE', '2025-06-16')).toBe(0.1);
    expect(product('NSE:HDFCBANK', '2025-08-26')).toBe(0.5);
    expect(product('NSE:TMPV', '2025-10-14')).toBeCloseTo(400 / 660.75, 6);
  });

  it('come in order of their dates', () => {
    expect(shipped.map(({ exDate }) => exDate)).toEqual(shipped.map(({ exDate }) => exDate).sort());
  });

  it('that are broken are refused, with file and field', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'corporate-actions'));
    const path = join(folder, 'corporate-actions', 'nse.json');
    cpSync(join(resources, 'corporate-actions', 'nse.json'), path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"2022-07-28"', '"2022-07-32"'));
    const { message } = appErrorOf(() => loadCorporateActions(folder, 'none', () => undefined));
    expect(message).toContain(path);
    expect(message).toContain('actions.0.exDate');
  });
});

describe('a person’s own corporate actions', () => {
  it('are added', () => {
    const own = { instrument: 'NSE:INFY', exDate: '2026-12-01', kind: 'bonus', factor: 0.5 };
    const { actions, troubles } = withOwn({ actions: [own] });
    expect(troubles).toEqual([]);
    expect(actions).toHaveLength(shipped.length + 1);
    expect(actions.at(-1)).toEqual({ ...own, note: '' });
  });

  it('take the place of ours of the same day and kind', () => {
    const { actions } = withOwn({ actions: [{ ...RELIANCE, factor: 0.25 }] });
    expect(actions).toHaveLength(shipped.length);
    expect(actions).toContainEqual({ ...RELIANCE, factor: 0.25 });
  });

  it('take ours away with the factor 1', () => {
    const { actions } = withOwn({ actions: [{ ...RELIANCE, factor: 1 }] });
    expect(actions).toHaveLength(shipped.length - 1);
    expect(actions.filter(({ instrument, kind }) => instrument === 'NSE:RELIANCE' && kind === 'bonus')).toEqual([]);
  });

  it.each([
    ['no JSON', '{ "actions": [', 'not JSON'],
    ['a list where a file is due', '[]', 'expected object'],
    ['an unknown kind', { actions: [{ ...RELIANCE, kind: 'gift' }] }, 'actions.0.kind'],
    ['a factor that cannot be', { actions: [RELIANCE, { ...RELIANCE, kind: 'split', factor: 0 }] }, 'actions.1.factor'],
    ['the same twice', { actions: [RELIANCE, RELIANCE] }, 'twice'],
    ['a cost share of a split', { actions: [{ ...RELIANCE, costShare: 0.5 }] }, 'actions.0.costShare'],
  ])('are ignored as a whole when there is %s, in a sentence', (_case, content, field) => {
    const { actions, troubles, file } = withOwn(content);
    expect(actions).toEqual(shipped);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain(file);
    expect(troubles[0]).toContain('is ignored');
    expect(troubles[0]).toContain(field);
  });

  it('that are a folder are ignored and told', () => {
    const troubles: string[] = [];
    expect(loadCorporateActions(resources, tempFolder(), ({ message }) => troubles.push(message))).toEqual(shipped);
    expect(troubles[0]).toContain('cannot be read');
  });
});
