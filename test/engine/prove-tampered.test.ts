import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import type { Proof } from '../../src/core/passport.ts';
import { hashOfLink } from '../../src/main/store/evidence-repository.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { deskOf, raiseFound, storeBars } from '../support/raised-alerts.ts';
import { tamper } from '../support/tamper.ts';
import { tempFolder, tempFolderForAll } from '../support/temp-folder.ts';

const template = join(tempFolderForAll(), 'tickscope.sqlite');
const ids = makeTemplate();
/** The alert whose link, row or chain is changed: in the middle, so that there are some before and after. */
const AT = 10;
const ID = ids[AT - 1] ?? '';

function makeTemplate(): readonly string[] {
  const store = openStore(template);
  storeBars(store);
  const raised = raiseFound(store);
  store.close();
  return raised;
}

/** What proving everything says, by alert, after a change behind the store's back. */
function provedAfter(...changes: readonly [sql: string, ...values: (string | number)[]][]) {
  const path = join(tempFolder(), 'tickscope.sqlite');
  copyFileSync(template, path);
  for (const [sql, ...values] of changes) tamper(path, sql, ...values);
  const store = openStore(path, { onSetAside: () => expect.unreachable('to SQLite the file is sound') });
  onTestFinished(() => store.close());
  const desk = deskOf(store);
  const proofs = new Map<string, Proof>([...desk.proveAll()].map((proof) => [proof.alert, proof]));
  for (const [id, proof] of [...proofs].slice(AT - 2, AT + 1))
    expect(desk.prove(id), 'alone it is the same').toEqual(proof);
  const places = (kind: Proof['kind']) =>
    ids.flatMap((id, index) => (proofs.get(id)?.kind === kind ? [index + 1] : []));
  return { proofs, places };
}

const from = (first: number, last = ids.length) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

describe('a chain that was tampered with', () => {
  it.each<[string, string]>([
    [
      'a byte of a content',
      `UPDATE evidence SET content = replace(content, '"price":1', '"price":2') WHERE seq = ${AT}`,
    ],
    ['a hash', `UPDATE evidence SET hash = replace(hash, substr(hash, 9, 1), '-') WHERE seq = ${AT}`],
    ['the hash before', `UPDATE evidence SET previous = '${'a'.repeat(64)}' WHERE seq = ${AT}`],
    ['the alert it is filed under', `UPDATE evidence SET alert = 'x' WHERE seq = ${AT}`],
    ['a link that was deleted', `DELETE FROM evidence WHERE seq = ${AT}`],
    [
      'two that were swapped',
      `UPDATE evidence SET seq = 999 WHERE seq = ${AT}; UPDATE evidence SET seq = ${AT} WHERE seq = ${AT + 3};
       UPDATE evidence SET seq = ${AT + 3} WHERE seq = 999`,
    ],
    [
      'one that was put in',
      `UPDATE evidence SET seq = -seq WHERE seq >= ${AT}; UPDATE evidence SET seq = 1 - seq WHERE seq < 0;
       INSERT INTO evidence SELECT ${AT}, alert, kind, previous, content, hash FROM evidence WHERE seq = ${AT - 1}`,
    ],
  ])('by %s proves nothing from there on, and everything before', (_what, sql) => {
    const { places } = provedAfter([sql]);
    expect(places('tampered')).toEqual(from(AT));
    expect(places('reproduced')).toEqual(from(1, AT - 1));
  });

  it('by a well made link in the place of another says so from the next one on', () => {
    const { previous, content } = rowOf(AT);
    const forged = content.replace('"mode":"streaming"', '"mode":"polling"');
    expect(forged).not.toBe(content);
    const { places } = provedAfter([
      'UPDATE evidence SET content = ?, hash = ? WHERE seq = ?',
      forged,
      hashOfLink(previous, forged),
      AT,
    ]);
    expect(places('tampered'), 'the one itself is taken at its word').toEqual(from(AT + 1));
  });

  it.each([1, 4])('by taking away its newest %i links finds their alerts without', (count) => {
    const { proofs, places } = provedAfter(
      [`DELETE FROM evidence WHERE seq > ${ids.length - count}`],
      ['DELETE FROM sqlite_sequence'],
    );
    expect(places('tampered')).toEqual(from(ids.length - count + 1));
    expect(proofs.get(ids.at(-1) ?? '')).toMatchObject({
      reason: expect.stringMatching(/^(Its link of the chain, number \d+, is missing|The end of the chain is missing)/),
    });
  });

  it('by taking away links and what their alerts say of them finds alerts without a passport among those with one', () => {
    const { proofs } = provedAfter(
      [`DELETE FROM evidence WHERE seq = ${ids.length}`],
      ['UPDATE alert SET link = NULL WHERE link = ?', ids.length],
    );
    expect(proofs.get(ids.at(-1) ?? '')).toMatchObject({
      kind: 'tampered',
      reason: expect.stringMatching(/^It has no passport, and alerts before it have one/),
    });
  });

  it.each(['null', '5', '"x"', '[]', '{"kind":"alert"}'])(
    'by the content %s is told like any other change',
    (content) => {
      const { proofs, places } = provedAfter([`UPDATE evidence SET content = ? WHERE seq = ?`, content, AT]);
      expect(places('tampered')).toEqual(from(AT));
      expect(proofs.get(ID)).toMatchObject({ reason: `Link ${AT} was changed: its hash is not that of its content.` });
    },
  );
});

describe('an alert whose row was changed', () => {
  it.each([
    `side = iif(side = 'buy', 'sell', 'buy')`,
    'price = price + 0.05',
    'price = price + 0.0000000001',
    `text = text || '.'`,
    'bar_time = bar_time - 300000',
    'raised_at = raised_at + 1',
    `rule = 'another'`,
    `timeframe = '1m'`,
    `instrument = 'NSE:ZZZ'`,
    `id = 'NSE:ZZZ' || substr(id, 8)`,
    `operands = json_set(operands, '$.x', 1)`,
    `operands = '{}'`,
    'late = 1',
    'link = NULL',
    'link = 9999',
  ])('is tampered with: %s', (change) => {
    const { proofs, places } = provedAfter([`UPDATE alert SET ${change} WHERE id = ?`, ID]);
    const own = [...proofs.values()][AT - 1];
    expect(own).toMatchObject({ kind: 'tampered', reason: expect.any(String) });
    // The others stand, but for the end of a chain that a row claims to be longer.
    expect(places('reproduced')).toEqual([...from(1, AT - 1), ...from(AT + 1)]);
  });

  it('is tampered with when it was put in beside those that were told', () => {
    const { proofs, places } = provedAfter([
      `INSERT INTO alert SELECT id || '0', raised_at, instrument, timeframe, rule, bar_time, side, price, operands, text,
         read, late, cleared, inputs, NULL, graded FROM alert WHERE id = ?`,
      ID,
    ]);
    expect(proofs.get(`${ID}0`)).toMatchObject({ kind: 'tampered' });
    expect(places('reproduced')).toEqual(from(1));
  });

  it('is none when it was read, marked and cleared', () => {
    const { places } = provedAfter([`UPDATE alert SET read = 1, cleared = 1, inputs = 'revised' WHERE id = ?`, ID]);
    expect(places('reproduced')).toEqual(from(1));
  });

  it('is told when it was deleted', () => {
    const { proofs, places } = provedAfter(['DELETE FROM alert WHERE id = ?', ID]);
    expect(proofs.get(ID)).toEqual({
      alert: ID,
      kind: 'tampered',
      reason: 'It is in the chain, and was deleted from the alerts.',
    });
    expect(places('tampered')).toEqual([AT]);
  });

  it('is told when two have changed places', () => {
    const { places } = provedAfter(
      ['UPDATE alert SET link = -1 WHERE link = ?', AT],
      ['UPDATE alert SET link = ? WHERE link = ?', AT, AT + 1],
      ['UPDATE alert SET link = ? WHERE link = -1', AT + 1],
    );
    expect(places('tampered')).toEqual([AT, AT + 1]);
  });
});

describe('a chain that was written anew from one link on', () => {
  it('agrees with itself, and is found by a hash that somebody kept', () => {
    const rows = [...from(AT)].map(rowOf);
    let previous = rowOf(AT - 1).hash;
    const changes = rows.map(({ content }, index): [string, ...(string | number)[]] => {
      // The rule's name decides nothing, so the alert still comes out the same.
      const said = JSON.parse(content) as { passport: { rule: { name: string } } };
      if (index === 0) said.passport.rule.name = 'Another';
      const text = canonicalJson(said);
      const before = previous;
      previous = hashOfLink(before, text);
      return [
        'UPDATE evidence SET previous = ?, content = ?, hash = ? WHERE seq = ?',
        before,
        text,
        previous,
        AT + index,
      ];
    });
    expect(provedAfter(...changes).places('reproduced')).toEqual(from(1));
    expect(previous).not.toBe(rowOf(ids.length).hash);
  });
});

function rowOf(seq: number): { readonly previous: string; readonly content: string; readonly hash: string } {
  const db = new Database(template, { readonly: true });
  const row = db.prepare('SELECT previous, content, hash FROM evidence WHERE seq = ?').get(seq);
  db.close();
  // The columns that were asked for.
  return row as { previous: string; content: string; hash: string };
}
