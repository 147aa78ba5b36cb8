import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { askedRule, askProblem, questionOf } from '../../src/renderer/src/features/scan/asked-rule.ts';
import { diagnosticsOf, fixed } from '../../src/renderer/src/features/scan/editor/diagnostics.ts';
import { keysNamed } from '../../src/renderer/src/features/scan/keys-named.ts';
import { duplicateOf, freeId, newRule } from '../../src/renderer/src/features/scan/new-rule.ts';
import { ruleFacts, universeWords, unknownWords } from '../../src/renderer/src/features/scan/rule-words.ts';
import { draftProblem, tidyRule } from '../../src/renderer/src/features/scan/tidy-rule.ts';
import { ruleOf, ruleState } from './fake-rules.ts';

const keys = (...symbols: readonly string[]) => symbols.map((symbol) => `NSE:${symbol}` as InstrumentKey);

describe('words of a rule', () => {
  it('tells where it looks', () => {
    expect(universeWords({ kind: 'all' })).toBe('all symbols');
    expect(universeWords({ kind: 'list', instruments: keys('RELIANCE', 'INFY') })).toBe('RELIANCE, INFY');
    expect(universeWords({ kind: 'list', instruments: keys('A', 'B', 'C') })).toBe('3 symbols');
    expect(universeWords({ kind: 'sector', sectors: ['Banks', 'IT'] })).toBe('Banks and IT');
  });

  it('tells how often it fired today, where it did', () => {
    expect(ruleFacts(ruleOf(), 3)).toBe('5m · all symbols · forming too · 3 today');
    expect(ruleFacts(ruleOf({ forming: false }), 0)).toBe('5m · all symbols');
    expect(ruleFacts(ruleOf({ forming: false }), undefined)).toBe('5m · all symbols');
  });

  it('tells of symbols that it cannot judge', () => {
    const [index = '' as InstrumentKey] = keys('NIFTY 50');
    expect(unknownWords(ruleState(ruleOf()))).toBeUndefined();
    const state = { unknown: 2, cannot: [{ instrument: index, reason: 'An index has no volume.' }] };
    expect(unknownWords(ruleState(ruleOf(), state))).toBe('2 of 30 unknown yet, 1 can never be known');
  });
});

describe('a rule being written', () => {
  it('gets an id of its own from its name', () => {
    expect(freeId('RSI dip!', [])).toBe('rsi-dip');
    expect(freeId('RSI dip', ['rsi-dip', 'rsi-dip-2'])).toBe('rsi-dip-3');
    expect(freeId('€€', [])).toBe('rule');
    expect(freeId('Über-Käufe', [])).toBe('u-ber-ka-ufe');
    expect(freeId('x'.repeat(200), []).length).toBeLessThanOrEqual(64);
    for (const name of ['--a--', 'a  b', 'a_b', `${'x'.repeat(58)} y`])
      expect(freeId(name, []), name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('is switched off when it is another one’s copy', () => {
    expect(duplicateOf(ruleOf())).toMatchObject({ name: 'EMA cross (copy)', enabled: false });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ buy: null, sell: null }, 'side'],
    [{ buy: '  ' }, 'buys'],
    [{ sell: '' }, 'sells'],
    [{ universe: { kind: 'list', instruments: [] } as const }, 'at least one symbol'],
    [{ universe: { kind: 'sector', sectors: [] } as const }, 'at least one sector'],
    [{ rearm: { kind: 'condition', buy: '', sell: null } as const }, 'arms the rule again'],
  ])('says what is missing: %o', (changes, words) => {
    expect(draftProblem(ruleOf(changes))).toContain(words);
    expect(draftProblem(ruleOf())).toBeUndefined();
  });

  it('is sent without spaces, and without the arming of a side it does not have', () => {
    const rule = ruleOf({
      name: ' A ',
      buy: ' close > 1 ',
      sell: null,
      rearm: { kind: 'condition', buy: '', sell: 'x' },
    });
    expect(tidyRule(rule)).toMatchObject({
      name: 'A',
      buy: 'close > 1',
      rearm: { kind: 'condition', buy: null, sell: null },
    });
  });

  it('may be asked about before it has a name', () => {
    const rule = { ...newRule('15m'), buy: 'close > vwap' };
    expect(draftProblem(rule)).toContain('name');
    expect(askProblem(rule)).toBeUndefined();
    expect(askProblem({ ...rule, buy: ' ' })).toContain('buys');
    expect(askedRule(rule)).toMatchObject({ name: 'Unnamed', enabled: true });
  });

  it('is the same question under another name or channel, and another one with other words', () => {
    const rule = ruleOf();
    expect(questionOf({ ...rule, name: 'B', enabled: false })).toBe(questionOf(rule));
    expect(questionOf({ ...rule, buy: 'close > 1' })).not.toBe(questionOf(rule));
    expect(questionOf({ ...rule, cooldownMinutes: 15 })).not.toBe(questionOf(rule));
  });
});

describe('symbols that are typed', () => {
  const known = keys('RELIANCE', 'M&M', 'NIFTY 50', 'INFY');

  it('are known by symbol or key, in any capitals, one or several', () => {
    expect(keysNamed('reliance, NSE:infy\nm&m', known)).toEqual({ keys: keys('RELIANCE', 'INFY', 'M&M'), unknown: [] });
    expect(keysNamed('RELIANCE INFY', known).keys).toEqual(keys('RELIANCE', 'INFY'));
    expect(keysNamed('nifty 50', known).keys).toEqual(keys('NIFTY 50'));
    expect(keysNamed('INFY, nifty 50', known).keys).toEqual(keys('INFY', 'NIFTY 50'));
  });

  it('are said where nobody watches them', () => {
    expect(keysNamed('RELIANCE, TSLA', known)).toEqual({ keys: keys('RELIANCE'), unknown: ['TSLA'] });
  });
});

describe('what is wrong in a sentence', () => {
  const problem = { start: 8, end: 12, message: '"rsii" is not known.', suggestion: 'rsi' };

  it('is put right by its suggestion', () => {
    expect(fixed('close > rsii(14)', problem)).toBe('close > rsi(14)');
    expect(fixed('close >', { ...problem, suggestion: null })).toBe('close >');
  });

  it('is an error with its fix, and alone; warnings come without', () => {
    const warning = { ...problem, kind: 'volume', suggestion: null } as const;
    const [error, ...others] = diagnosticsOf({ problem, warnings: [warning] }, false);
    expect(error).toMatchObject({ from: 8, to: 12, severity: 'error', message: problem.message });
    expect(error?.actions?.map(({ name }) => name)).toEqual(['Use “rsi”']);
    expect(others).toEqual([]);
    expect(diagnosticsOf({ problem: undefined, warnings: [warning] }, false)).toMatchObject([{ severity: 'warning' }]);
    expect(
      diagnosticsOf({ problem, warnings: [] }, true)[0]?.actions,
      'nothing to press where nothing can be written',
    ).toBeUndefined();
  });
});
