import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleWrite } from '../support/sample-passport.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { breakPage, pagesOf } from './damaged-store.ts';
import { minute } from './sample-bars.ts';

const ALERTS = 60;
const write = (index: number) => sampleWrite({ barTime: minute(index) });

/** A store of sixty alerts and nothing else, closed. */
function filled(): string {
  const path = join(tempFolder(), 'tickscope.sqlite');
  const store = openStore(path);
  for (let index = 0; index < ALERTS; index += 1) store.raise(write(index));
  store.close();
  return path;
}

describe('a chain of evidence in a damaged file', () => {
  it.each([
    ['first', 0],
    ['middle', 0.5],
    ['last', 1],
  ])('keeps the links that can be read as they are, and says where some are missing: the %s page', (_which, place) => {
    const path = filled();
    const pages = pagesOf(path, 'evidence', 'leaf');
    expect(pages.length, 'a page holds a few').toBeGreaterThan(10);
    breakPage(path, pages[Math.round((pages.length - 1) * place)] ?? 0);

    const asides: unknown[] = [];
    const store = openStore(path, { onSetAside: (report) => asides.push(report) });
    expect(asides).toHaveLength(1);
    expect(store.toldAlerts().map(({ alert, link }) => [alert.id, link])).toEqual(
      Array.from({ length: ALERTS }, (_, index) => [write(index).alert.id, index + 1]),
    );
    const known = Array.from({ length: ALERTS }, (_, index) => store.evidence(write(index).alert.id));
    const lost = known.flatMap((links, index) => (links.length === 0 ? [index + 1] : []));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(10);
    known.forEach((links, index) => {
      for (const { seq, content } of links) {
        expect(seq).toBe(index + 1);
        expect(content).toEqual({ kind: 'alert', passport: write(index).passport });
      }
    });
    const broken = store.brokenLink();
    expect(broken?.seq).toBe(lost[0]);
    expect(broken?.reason).toMatch(/is missing/);

    // What comes after goes on, under numbers nobody had, and mends nothing.
    store.raise(write(ALERTS));
    expect(store.evidence(write(ALERTS).alert.id)).toMatchObject([{ seq: ALERTS + 1 }]);
    expect(store.brokenLink()?.seq).toBe(lost[0]);
    store.close();
  });

  it('is whole again when only its indexes were hurt', () => {
    const path = filled();
    for (const page of pagesOf(path, 'evidence_by_alert', 'leaf')) breakPage(path, page);
    const store = openStore(path);
    expect(store.brokenLink()).toBeUndefined();
    expect(store.evidence(write(7).alert.id)).toHaveLength(1);
    store.close();
  });

  it('still refuses to be changed after a repair', () => {
    const path = filled();
    breakPage(path, pagesOf(path, 'evidence', 'leaf')[3] ?? 0);
    const store = openStore(path);
    expect(store.raise(write(3)), 'known still').toBe(false);
    store.close();
    const db = new Database(path);
    expect(() => db.exec('UPDATE evidence SET hash = 1')).toThrow(/never changed/);
    expect(() => db.exec('UPDATE alert SET price = 1')).toThrow(/never changed/);
    db.close();
  });
});
