import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../src/contract/rules.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { AppError } from '../../src/core/errors.ts';
import type { Rule } from '../../src/core/rule.ts';
import { SHIPPED_RULES } from '../../src/core/scanner/shipped-rules.ts';
import { RuleBook } from '../../src/main/engine/rule-book.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { appErrorOf } from '../support/thrown.ts';

const NUMBERS = settingsSchema.parse({}).rule;
const DIP: Rule = ruleSchema.parse({ id: 'my-dip', name: 'My dip', buy: 'rsi(14) < 30', enabled: true });

function bookOver(store = openStore(':memory:'), numbers = NUMBERS) {
  const troubles: AppError[] = [];
  return {
    store,
    troubles,
    book: new RuleBook(
      store,
      () => numbers,
      (error) => troubles.push(error),
    ),
  };
}

describe('RuleBook', () => {
  it('begins with the default rule and those that came with the app', () => {
    const { book } = bookOver();
    const [first, ...rest] = book.rules;
    expect(first).toMatchObject({
      id: 'ema-cross',
      enabled: true,
      buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
      sell: 'ema(9) crosses below ema(21) and rsi(14) < 50',
    });
    expect(rest).toEqual(SHIPPED_RULES);
    expect(rest.every(({ enabled }) => !enabled)).toBe(true);
  });

  it('makes the sentences of the default rule of the numbers in the settings', () => {
    const { book } = bookOver(undefined, { ...NUMBERS, fast: 5, slow: 13, rsi: 7, momentum: 60, timeframe: '15m' });
    expect(book.find('ema-cross')).toMatchObject({
      timeframe: '15m',
      buy: 'ema(5) crosses above ema(13) and rsi(7) > 60',
      sell: 'ema(5) crosses below ema(13) and rsi(7) < 40',
    });
  });

  it('keeps what is saved, over a restart', () => {
    const { book, store } = bookOver();
    book.save(DIP);
    const [shipped] = SHIPPED_RULES;
    if (shipped === undefined) throw new Error('Some rules come with the app.');
    book.save({ ...shipped, enabled: true, cooldownMinutes: 30 });
    const again = bookOver(store);
    expect(again.book.rules).toEqual(book.rules);
    expect(again.book.find('my-dip')).toEqual(DIP);
    expect(again.book.find(shipped.id)).toMatchObject({ enabled: true, cooldownMinutes: 30 });
    again.book.remove(shipped.id);
    again.book.remove('my-dip');
    expect(again.book.rules.slice(1)).toEqual(SHIPPED_RULES);
  });

  it('keeps of the default rule what its numbers do not say', () => {
    const { book, store } = bookOver();
    const rule = book.rules[0] ?? DIP;
    book.save({ ...rule, cooldownMinutes: 45, name: 'Our cross' });
    expect(bookOver(store, { ...NUMBERS, fast: 5 }).book.rules[0]).toMatchObject({
      name: 'Our cross',
      cooldownMinutes: 45,
      buy: 'ema(5) crosses above ema(21) and rsi(14) > 50',
    });
    expect(appErrorOf(() => book.save({ ...rule, buy: 'rsi(14) < 20' })).message).toContain('Settings, under Scan');
  });

  it('refuses a sentence that cannot be read, and says where', () => {
    const { book } = bookOver();
    const error = appErrorOf(() => book.save({ ...DIP, buy: 'rsi(14) <' }));
    expect(error.message).toContain('My dip');
    expect(book.find('my-dip')).toBeUndefined();
    expect(appErrorOf(() => book.remove('nobody')).message).toContain('There is no rule "nobody"');
  });

  it('takes the rules of a file switched off, and tells of those it cannot use', () => {
    const { book } = bookOver();
    book.save(DIP);
    const paper = { enabled: true, quantity: 10, stop: null, target: null };
    const text = JSON.stringify({
      rules: [{ ...DIP, paper }, { ...DIP, id: 'other', buy: 'rsi 14' }, { id: 'Bad Id' }, { ...DIP, id: 'third' }],
    });
    const report = book.importRules(text);
    expect(report).toMatchObject({ added: ['third'], replaced: ['my-dip'] });
    expect(report.problems).toHaveLength(2);
    expect(book.find('my-dip')).toMatchObject({ enabled: false, paper: { enabled: false, quantity: 10 } });
    expect(appErrorOf(() => book.importRules('nonsense')).message).toContain('no file of rules');
  });

  it('gives out what it can take in again', () => {
    const { book } = bookOver();
    book.save({ ...DIP, enabled: false });
    const text = book.exportRules(null);
    const other = bookOver().book;
    expect(other.importRules(text).problems).toEqual([]);
    expect(other.find('my-dip')).toEqual({ ...DIP, enabled: false });
    expect(appErrorOf(() => book.exportRules(['nobody'])).message).toContain('There is no rule');
  });

  it('leaves out kept rules that this version cannot read, and says so', () => {
    const store = openStore(':memory:');
    store.writeDocument('rules', { rules: [{ id: 'broken' }, DIP] });
    const { book, troubles } = bookOver(store);
    expect(book.find('my-dip')).toEqual(DIP);
    expect(troubles.map(({ message }) => message)).toEqual([expect.stringContaining('left out')]);
  });

  it('leaves out a kept rule whose sentence cannot be read, says so once, and loses nothing', () => {
    const store = openStore(':memory:');
    const odd = { ...DIP, id: 'odd', name: 'Odd', buy: 'rsi(14) beneath 30' };
    const later = { ...DIP, id: 'later', wish: 'of a version to come' };
    store.writeDocument('rules', { format: 'tickscope-rules', version: 1, rules: [odd, DIP, later] });
    const { book, troubles } = bookOver(store);
    expect(troubles.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Some saved rules cannot be used and are left out\. Rule 1: Rule "Odd", when to buy/),
    ]);
    expect(book.rules.map(({ id }) => id).slice(-1)).toEqual(['my-dip']);
    book.save({ ...DIP, note: 'changed' });
    const again = bookOver(store);
    expect(again.troubles).toEqual([]);
    expect(store.readDocument('rules')).toMatchObject({ rules: [{ id: 'my-dip' }], unusable: [odd, later] });
    again.book.remove('my-dip');
    expect(store.readDocument('rules')).toMatchObject({ rules: [], unusable: [odd, later] });
  });
});
