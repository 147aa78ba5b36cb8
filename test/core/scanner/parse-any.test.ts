import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScan } from '../../../src/core/scanner/format.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { JOINING_WORDS, OPENING_WORDS, OPERATOR_WORDS } from '../../../src/core/scanner/vocabulary.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';

const HOW_MANY = { numRuns: 600 };

/** An answer that can be used, whatever the text. */
function checkAnswer(text: string): void {
  const parsed = parseScan(text);
  if (parsed.ok) {
    expect(parseScan(formatScan(parsed.condition))).toMatchObject({ ok: true, condition: parsed.condition });
    return;
  }
  const { start, end, message } = parsed.problem;
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeGreaterThanOrEqual(start);
  expect(end).toBeLessThanOrEqual(text.length);
  expect(message).toMatch(/^.{10,400}\.$/su);
}

const PIECES = [
  ...OPENING_WORDS,
  ...OPERATOR_WORDS,
  ...JOINING_WORDS,
  ...['(', '(', ')', ')', '[', ']', ',', '.', '.upper', '.signal', '[1]', '(9)', '(20, 2)'],
  ...['>', '<', '>=', '<=', '=', '!=', '=>', '+', '-', '*', '/', '%', '!', '&&', '||'],
  ...['0', '1', '14', '2.5', '1e400', '3 bars', '1 bar ago', '2 lakh', '10k', '15m', '1 day', '7m', '09:30', '25:61'],
  ...['forming', 'up', 'down', 'than', 'of', 'in', 'between', 'after', 'before', 'the last', 'INFY', 'M&M'],
  ...['"', '"IT"', "'", '“', "yesterday's high", '€', '😀', '\u0000', '\n', '\ud800', 'ﬀ', 'İ'],
];
const soup = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(' ', ' ', ' ', '')), { maxLength: 60 })
  .map((pieces) => pieces.map(([piece, space]) => piece + space).join(''));

describe('any text at all', () => {
  it('of any characters has an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), checkAnswer), HOW_MANY);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), checkAnswer), HOW_MANY);
  });

  it('of words and signs of the language has an answer', () => {
    fc.assert(fc.property(soup, checkAnswer), { numRuns: 2_000 });
  });

  it('that was good before somebody changed it has an answer', () => {
    const mutated = fc
      .tuple(scanConditions({ depth: 2 }), fc.nat(), fc.nat({ max: 8 }), fc.constantFrom(...PIECES, ''))
      .map(([tree, place, length, piece]) => {
        const text = formatScan(tree);
        const at = place % (text.length + 1);
        return text.slice(0, at) + piece + text.slice(at + length);
      });
    fc.assert(fc.property(mutated, checkAnswer), { numRuns: 1_000 });
  });

  it.each([
    ['opening parentheses', '('.repeat(2_000)],
    ['closing parentheses', ')'.repeat(2_000)],
    ['brackets', `close${'[1]'.repeat(600)}`],
    ['nots', 'not '.repeat(500)],
    ['minus signs', '-'.repeat(2_000)],
    ['calls', 'ema('.repeat(500)],
    ['quotes', '"'.repeat(1_999)],
    ['one word', 'x'.repeat(2_000)],
    ['digits', '9'.repeat(2_000)],
    ['a sum', 'close+'.repeat(333)],
    ['commas of a list', `symbol in (${'a,'.repeat(900)}`],
    ['windows', `close > 1${' for 1 bar'.repeat(190)}`],
    ['within', 'within 1 bars of '.repeat(110)],
    ['100 kB', 'ema(9) > 1 and '.repeat(7_000)],
    ['1 MB of parentheses', '('.repeat(1_000_000)],
    ['nothing', ''],
    ['spaces', ' '.repeat(2_000)],
    ['pictographs', '😀'.repeat(1_000)],
  ])('%s are answered in under 10 ms', (_name, text) => {
    checkAnswer(text);
    // The fastest of some: whatever else the machine does is not the parser's.
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      parseScan(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(10);
  });
});
