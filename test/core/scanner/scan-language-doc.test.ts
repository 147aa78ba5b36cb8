import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { BAR_FIELDS, DAY_FIELDS } from '../../../src/core/scanner/expression.ts';
import { SCAN_LIMITS } from '../../../src/core/scanner/limits.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import type { ScanFunction } from '../../../src/core/scanner/scan-function.ts';
import { TIMEFRAMES } from '../../../src/core/timeframe.ts';
import { read } from './read.ts';

const doc = readFileSync(join(import.meta.dirname, '../../../docs/scan-language.md'), 'utf8');

/** The text under a heading, up to the next. */
function section(heading: string): string {
  const from = doc.indexOf(`\n## ${heading}\n`);
  if (from < 0) throw new RangeError(`There is no section "${heading}".`);
  const to = doc.indexOf('\n## ', from + 1);
  return doc.slice(from, to < 0 ? undefined : to);
}

/** The cells of its table, without the head. */
function rows(heading: string): readonly (readonly string[])[] {
  const lines = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/u)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codes = (text: string) => [...text.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code.replaceAll('\\|', '|'));

function rowOf({
  name,
  aliases,
  example,
  takes,
  needsSource,
  numbers,
  parts,
  summary,
}: ScanFunction): readonly string[] {
  const code = (text: string) => `\`${text}\``;
  return [
    [name, ...aliases].map(code).join(', '),
    code(example),
    takes === 'bars' ? '' : needsSource ? 'must be written' : 'close',
    numbers.map((number) => (number.usual === undefined ? number.name : `${number.name} ${number.usual}`)).join(', '),
    parts.map((part) => code(`.${part}`)).join(' '),
    summary,
  ];
}

describe('docs/scan-language.md', () => {
  it('has the functions of the catalogue, as it has them', () => {
    expect(rows('Functions')).toEqual(SCAN_FUNCTIONS.map(rowOf));
  });

  it('has examples that can be read', () => {
    const examples = [...doc.matchAll(/```scan\n(.*?)```/gsu)].flatMap(([, lines = '']) => lines.trim().split('\n'));
    expect(examples.length).toBeGreaterThan(5);
    for (const text of examples) read(text);
    for (const [, example = ''] of rows('Functions')) {
      const [text = ''] = codes(example);
      read(text.includes('>') ? text : `${text} > 1`);
    }
  });

  it('has numbers and conditions that can be read, and all the fields', () => {
    const numbers = rows('Numbers').flatMap(([written = '']) => codes(written));
    for (const field of [...BAR_FIELDS, ...DAY_FIELDS]) expect(numbers).toContain(field);
    for (const text of numbers) read(`${filledIn(text)} > open`);
    const conditions = rows('Conditions').flatMap(([written = '']) => codes(written));
    expect(conditions.length).toBeGreaterThan(25);
    for (const text of conditions) read(/^[<>=!]+$/u.test(text) ? `close ${text} open` : filledIn(text));
  });

  it('says what belongs to what, as it does', () => {
    const same = [
      ['A or B and C', 'A or (B and C)'],
      ['within 3 bars of A and B', '(within 3 bars of A) and B'],
      ['A and B for 3 bars', 'A and (B for 3 bars)'],
    ];
    for (const [one = '', other = ''] of same) {
      expect(section('Conditions').replace(/\s+/gu, ' ')).toContain(`\`${one}\` is \`${other}\``);
      expect(read(filledIn(one))).toEqual(read(filledIn(other)));
    }
  });

  it('has the limits and the timeframes', () => {
    const { length, nodes, depth, period, reach } = SCAN_LIMITS;
    const limits = section('Limits');
    for (const limit of [length, nodes, depth, period, reach])
      expect(limits).toMatch(new RegExp(`\\b${limit.toLocaleString('en')}\\b`, 'u'));
    const listed = codes(section('Longer timeframes, and what repaints')).map((code) => code.replace(/\s+/gu, ' '));
    expect(listed).toContain(TIMEFRAMES.join(' '));
  });

  it('shows the error that there is', () => {
    const parsed = parseScan('ema(9) croses above ema(21)');
    expect(parsed.ok ? '' : parsed.problem.message).toBe('"croses" is not known here.');
  });
});

/** With something in place of what the tables call x, y and z, and C, D. */
function filledIn(text: string): string {
  return text
    .replace(/\bx\b/gu, 'ema(5)')
    .replace(/\by\b/gu, 'low')
    .replace(/\bz\b/gu, 'high')
    .replace(/\bA\b/gu, 'close > 1')
    .replace(/\bB\b/gu, 'close > 2')
    .replace(/\b[CD]\b/gu, 'close > 3');
}
