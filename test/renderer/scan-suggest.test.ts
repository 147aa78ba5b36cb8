import { describe, expect, it } from 'vitest';
import { SCAN_FUNCTIONS } from '../../src/core/scanner/catalogue.ts';
import { lex } from '../../src/core/scanner/lex.ts';
import { parseScan } from '../../src/core/scanner/parse.ts';
import { lookOf } from '../../src/renderer/src/features/scan/editor/highlight.ts';
import { suggestWords } from '../../src/renderer/src/features/scan/editor/suggest-words.ts';
import { FOLLOWERS, FRAMES, OPENERS } from '../../src/renderer/src/features/scan/editor/vocabulary.ts';

const NAMES = { sectors: ['Banks', 'Oil & Gas', 'Food, drink and tobacco'], symbols: ['INFY', 'M&M'] };
const suggest = (text: string, asked = false) => suggestWords(text, text.length, asked, NAMES);
const labels = (text: string, asked = false) => suggest(text, asked)?.words.map(({ label }) => label) ?? [];

describe('what could be written next', () => {
  it('begins a sentence with functions and fields, each with a line about it', () => {
    const words = suggest('e')?.words ?? [];
    expect(words.map(({ label }) => label)).toEqual(expect.arrayContaining(['ema', 'rsi', 'close', 'day high', 'not']));
    expect(words.filter(({ means }) => means === '')).toEqual([]);
    for (const { name, summary, example } of SCAN_FUNCTIONS)
      expect(words.find(({ label }) => label === name)).toMatchObject({ means: summary, detail: example });
  });

  it('keeps quiet in front of an empty place until it is asked', () => {
    expect(suggest('')).toBeUndefined();
    expect(suggest('close > ')).toBeUndefined();
    expect(labels('close > ', true)).toContain('ema');
    expect(suggest('close > 5')).toBeUndefined();
  });

  it('offers what joins after a number or a condition, and openers after what joins', () => {
    expect(labels('ema(9) c')[0]).toBe('crosses above');
    expect(labels('close > open a').slice(0, 5)).toContain('and');
    expect(labels('close > open and r')[0]).toBe('ema');
    expect(labels('ema(9) crosses above e')).toContain('ema');
  });

  it('takes the words of one field together', () => {
    expect(suggest('close > day h')).toMatchObject({ from: 8 });
    expect(suggest('close > previous day h')).toMatchObject({ from: 8 });
    expect(suggest('ema(9) crosses ab')).toMatchObject({ from: 7 });
  });

  it('knows the parts of the function before a dot', () => {
    expect(labels('close > bollinger(20, 2).')).toEqual(['mid', 'upper', 'lower']);
    expect(suggest('macd(12, 26, 9).sig')).toMatchObject({ from: 16 });
    expect(labels('rsi(14).')).toEqual([]);
    expect(labels('close > 2.')).toEqual([]);
  });

  it('offers timeframes after on', () => {
    expect(labels('close on 1')).toContain('15m');
    expect(labels('close on forming ', true)).toContain('1h');
  });

  it('offers sectors and symbols by name, quoted where they would be read as words', () => {
    expect(labels('sector in (B')).toEqual(NAMES.sectors);
    expect(labels('sector is not B')).toEqual(NAMES.sectors);
    expect(suggest('sector in (B')).toMatchObject({ from: 11 });
    expect(suggest('symbol in (INFY, M')).toMatchObject({ from: 17 });
    expect(labels('sector in B'), 'a list stands in parentheses').not.toContain('Banks');
    expect(labels('sector is Banks and c')).toContain('close');
    expect(labels('sector in (Banks) and c')).toContain('close');
    const insert = suggest('sector in (F')?.words.map(({ insert: text }) => text);
    expect(insert).toEqual(['Banks', 'Oil & Gas', '"Food, drink and tobacco"']);
  });

  it('says nothing inside an open quote', () => {
    expect(suggest('sector in "Ba', true)).toBeUndefined();
  });
});

describe('every word that is offered', () => {
  it.each(
    OPENERS.filter(({ kind }) => kind === 'function' || kind === 'field').map(({ label, insert = label, detail }) => [
      label,
      insert,
      detail,
    ]),
  )('reads as it is inserted: %s', (_label, insert, detail) => {
    const number = insert.endsWith('(') ? detail : insert;
    expect(parseScan(`${number} > 1`)).toMatchObject({ ok: true });
  });

  it.each([...OPENERS, ...FOLLOWERS].filter(({ kind }) => kind === 'word').map(({ label, detail }) => [label, detail]))(
    'has an example that reads: %s',
    (_label, detail) => {
      const text = detail.replace('…', 'close > open').replace(/\b[ab]\b/g, 'close > open');
      const whole = / on /.test(text) ? `${text} > 1` : text;
      expect(parseScan(whole)).toMatchObject({ ok: true });
    },
  );

  it('reads as a timeframe, where it is one', () => {
    for (const { label } of FRAMES.filter(({ kind }) => kind === 'timeframe'))
      expect(parseScan(`close on ${label} > 1`), label).toMatchObject({ ok: true });
  });
});

describe('the look of a sentence', () => {
  it('tells functions, fields, joining words, numbers and names apart', () => {
    const looks = lex('ema(9) > close and time after 09:30 or sector in "Banks"')
      .map((token) => [token.text, lookOf(token)])
      .filter(([, look]) => look !== undefined);
    expect(Object.fromEntries(looks)).toEqual({
      ema: 'function',
      '9': 'number',
      close: 'field',
      and: 'joining',
      '09:30': 'number',
      or: 'joining',
      '"Banks"': 'name',
    });
  });
});
