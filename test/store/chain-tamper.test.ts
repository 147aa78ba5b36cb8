import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import { hashOfLink } from '../../src/main/store/evidence-repository.ts';
import { sampleWrite } from '../support/sample-passport.ts';
import { tamper } from '../support/tamper.ts';
import { minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const LINKS = 6;

/** A chain of four alerts and two deliveries, and the way to change it behind the store's back. */
function chain() {
  const { path, store } = tempStore();
  const writes = [0, 1, 2, 3].map((index) => sampleWrite({ barTime: minute(index) }));
  for (const { alert } of writes.slice(0, 2)) {
    store.raise(sampleWrite(alert.signal));
    store.addEvidence({ kind: 'delivery', alert: alert.id, channel: 'desktop', outcome: 'told', at: minute(9) });
  }
  for (const write of writes.slice(2)) store.raise(write);
  expect(store.brokenLink()).toBeUndefined();
  return {
    store,
    writes,
    tamper: (sql: string, ...values: readonly (string | number)[]) => tamper(path, sql, ...values),
    rows: () => {
      const db = new Database(path, { readonly: true });
      const rows = db.prepare('SELECT * FROM evidence ORDER BY seq').all();
      db.close();
      // The columns of the table.
      return rows as { seq: number; alert: string; previous: string; content: string; hash: string }[];
    },
  };
}

describe('a chain that somebody changed', () => {
  it.each<[string, string, number, RegExp]>([
    ['a value of a passport', `content = replace(content, '1412.3', '1412.4')`, 3, /^Link 3 was changed/],
    ['a blank', `content = replace(content, ',', ', ')`, 3, /^Link 3 was changed/],
    ['its hash', `hash = replace(hash, substr(hash, 1, 1), 'x')`, 3, /^Link 3 was changed/],
    ['what it follows', `previous = '${'0'.repeat(64)}'`, 3, /^Link 3 does not follow/],
    ['the alert it is filed under', `alert = 'another'`, 3, /^Link 3 is filed under another/],
    ['its kind', `kind = 'delivery'`, 3, /^Link 3 is filed under another/],
    ['its number', 'seq = 99', 3, /^Link 3 of the chain is missing/],
  ])('breaks where %s is another', (_what, change, seq, reason) => {
    const { store, tamper } = chain();
    tamper(`UPDATE evidence SET ${change} WHERE seq = 3`);
    expect(store.brokenLink()).toEqual({ seq, reason: expect.stringMatching(reason) });
  });

  it('breaks at the next link when the changed one was given its right hash', () => {
    const { store, tamper, rows } = chain();
    const { previous = '', content = '' } = rows()[2] ?? {};
    const forged = content.replace('1412.3', '1400');
    tamper('UPDATE evidence SET content = ?, hash = ? WHERE seq = 3', forged, hashOfLink(previous, forged));
    expect(store.brokenLink()).toEqual({ seq: 4, reason: expect.stringMatching(/^Link 4 does not follow/) });
  });

  it.each([1, 3, 5])('breaks where link %i was deleted', (seq) => {
    const { store, tamper } = chain();
    tamper(`DELETE FROM evidence WHERE seq = ${seq}`);
    expect(store.brokenLink()).toEqual({ seq, reason: `Link ${seq} of the chain is missing.` });
  });

  it('breaks where one was deleted and the rest were numbered anew', () => {
    const { store, tamper } = chain();
    tamper('DELETE FROM evidence WHERE seq = 3; UPDATE evidence SET seq = seq - 1 WHERE seq > 3');
    expect(store.brokenLink()).toMatchObject({ seq: 3, reason: expect.stringMatching(/does not follow/) });
  });

  it('breaks where two were swapped', () => {
    const { store, tamper } = chain();
    tamper(`
      UPDATE evidence SET seq = 100 WHERE seq = 3;
      UPDATE evidence SET seq = 3 WHERE seq = 5;
      UPDATE evidence SET seq = 5 WHERE seq = 100;
    `);
    expect(store.brokenLink()).toMatchObject({ seq: 3, reason: expect.stringMatching(/does not follow/) });
  });

  it('breaks where one was put in between, well made as it is', () => {
    const { store, tamper, rows } = chain();
    const { hash = '', content = '', alert = '' } = rows()[1] ?? {};
    tamper('UPDATE evidence SET seq = -seq WHERE seq > 2; UPDATE evidence SET seq = 1 - seq WHERE seq < 0');
    tamper(
      'INSERT INTO evidence VALUES (3, ?, ?, ?, ?, ?)',
      alert,
      'delivery',
      hash,
      content,
      hashOfLink(hash, content),
    );
    expect(rows()).toHaveLength(LINKS + 1);
    expect(store.brokenLink()).toMatchObject({ seq: 4, reason: expect.stringMatching(/does not follow/) });
  });

  it.each([1, 2, LINKS])('ends too early where its newest %i links were taken away', (count) => {
    const { store, tamper } = chain();
    tamper(`DELETE FROM evidence WHERE seq > ${LINKS - count}`);
    expect(store.brokenLink()).toEqual({
      seq: LINKS - count + 1,
      reason: `The end of the chain is missing: it had ${LINKS} links and has ${LINKS - count}.`,
    });
  });

  it('ends too early though the counter was put back too, as long as the alert is there', () => {
    const { store, tamper } = chain();
    tamper(`DELETE FROM evidence WHERE seq = ${LINKS}; UPDATE sqlite_sequence SET seq = ${LINKS - 1}`);
    expect(store.brokenLink()).toMatchObject({ seq: LINKS });
  });

  it('says which alert was deleted from the list', () => {
    const { store, writes, tamper } = chain();
    tamper('DELETE FROM alert WHERE id = ?', writes[2]?.alert.id ?? '');
    expect(store.lostAlerts()).toEqual([writes[2]?.alert.id]);
    expect(store.brokenLink(), 'its link is there').toBeUndefined();
  });

  it('is found whichever letter of whichever row is another', () => {
    const { store, tamper, rows } = chain();
    const originals = rows();
    const columns = ['alert', 'kind', 'previous', 'content', 'hash'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LINKS }),
        fc.constantFrom(...columns),
        fc.nat(),
        fc.integer({ min: 0x20, max: 0x7e }),
        (seq, column, place, code) => {
          const row = originals[seq - 1] as unknown as Record<string, string>;
          const text = row[column] ?? '';
          const at = place % text.length;
          const letter = String.fromCharCode(code);
          fc.pre(text[at] !== letter);
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          // A check of the table, not of ours, would refuse it.
          fc.pre(column !== 'content' || isJson(changed));
          tamper(`UPDATE evidence SET ${column} = ? WHERE seq = ?`, changed, seq);
          const broken = store.brokenLink();
          tamper(`UPDATE evidence SET ${column} = ? WHERE seq = ?`, text, seq);
          expect(broken?.seq).toBeOneOf([seq, seq + 1]);
        },
      ),
      { numRuns: 200 },
    );
    expect(store.brokenLink()).toBeUndefined();
    expect(store.lostAlerts()).toEqual([]);
  });
});

describe('the store itself', () => {
  it.each([
    'UPDATE evidence SET content = content',
    'UPDATE evidence SET hash = 1 WHERE seq = 2',
    'DELETE FROM evidence WHERE seq = 6',
    ...['raised_at', 'timeframe', 'rule', 'bar_time', 'side', 'price', 'operands', 'text', 'late', 'link'].map(
      (column) => `UPDATE alert SET ${column} = ${column}`,
    ),
    'DELETE FROM alert WHERE link = 1',
    ...['timeframe', 'rule', 'bar_time', 'side', 'price', 'operands', 'stored_at'].map(
      (column) => `UPDATE signal SET ${column} = ${column}`,
    ),
  ])('refuses: %s', (sql) => {
    const { path, store } = tempStore();
    store.raise(sampleWrite());
    for (let index = 0; index < 5; index += 1)
      store.addEvidence({ kind: 'delivery', alert: 'a', channel: 'desktop', outcome: 'told', at: minute(index) });
    const db = new Database(path);
    expect(() => db.exec(sql)).toThrow(/is never (changed|deleted)/);
    db.close();
    expect(store.brokenLink()).toBeUndefined();
  });

  it('still lets alerts be read, marked, cleared and renamed', () => {
    const { store } = tempStore();
    const { alert, signal } = sampleWrite();
    store.raise(sampleWrite());
    store.markAlertsRead();
    expect(store.markInputs(signal.instrument, '5m', signal.barTime, minute(999), 'revised')).toBe(1);
    expect(store.alerts(9)).toEqual([{ ...alert, read: true, inputs: 'revised' }]);
    const to = 'NSE:RIL' as InstrumentKey;
    store.renameInstrument({ from: signal.instrument, to, firstSession: '2026-11-23' as TradingDate });
    store.clearAlerts();
    expect(store.toldAlerts()).toMatchObject([{ link: 1, alert: { text: alert.text, signal: { instrument: to } } }]);
    expect(store.brokenLink()).toBeUndefined();
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
