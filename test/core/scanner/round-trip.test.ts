import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, NumberExpression } from '../../../src/core/scanner/expression.ts';
import { formatNumber, formatScan } from '../../../src/core/scanner/format.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { scanConditions, scanNumbers } from '../../support/scan-arbitraries.ts';
import { read } from './read.ts';

const HOW_MANY = { numRuns: 1_000 };
/** The parser would refuse the others for their length. */
const fits = (tree: Condition) => formatScan(tree).length <= 2_000;

const CLOSE: NumberExpression = { kind: 'field', name: 'close' };
const isAbove = (left: NumberExpression): Condition => ({ kind: 'compare', op: '>', left, right: CLOSE });

const NUMBER_SHELLS: readonly ((of: NumberExpression) => NumberExpression)[] = [
  (of) => ({ kind: 'negate', of }),
  (of) => ({ kind: 'offset', of, bars: 1 }),
  (of) => ({ kind: 'plain', name: 'abs', of: [of] }),
  (of) => ({ kind: 'arithmetic', op: '-', left: CLOSE, right: of }),
  (of) => ({ kind: 'arithmetic', op: '*', left: of, right: CLOSE }),
  (of) => ({ kind: 'call', name: 'max', source: of, numbers: [2], part: undefined }),
];
const CONDITION_SHELLS: readonly ((of: Condition) => Condition)[] = [
  (of) => ({ kind: 'not', of }),
  (of) => ({ kind: 'within', bars: 2, of }),
  (of) => ({ kind: 'for', bars: 2, of }),
  (of) => ({ kind: of.kind === 'and' ? 'or' : 'and', of: [of, isAbove(CLOSE)] }),
];

describe('writing a tree and reading it', () => {
  it('gives the same tree', () => {
    fc.assert(
      fc.property(scanConditions().filter(fits), (tree) => {
        expect(read(formatScan(tree))).toEqual(tree);
      }),
      HOW_MANY,
    );
  });

  it('gives the same tree of deep ones', () => {
    fc.assert(
      fc.property(scanConditions({ depth: 5, maxReach: 9 }).filter(fits), (tree) => {
        expect(read(formatScan(tree))).toEqual(tree);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same tree of one as deep as may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...NUMBER_SHELLS), { maxLength: 14 }),
        fc.array(fc.constantFrom(...CONDITION_SHELLS), { minLength: 10, maxLength: 16 }),
        (numberShells, conditionShells) => {
          const number = numberShells.reduce<NumberExpression>((of, shell) => shell(of), CLOSE);
          const tree = conditionShells.reduce<Condition>((of, shell) => shell(of), isAbove(number));
          expect(read(formatScan(tree))).toEqual(tree);
        },
      ),
      HOW_MANY,
    );
  });

  it('gives the same number', () => {
    fc.assert(
      fc.property(scanNumbers(), (number) => {
        const condition = read(`${formatNumber(number)} > 1`);
        expect(condition.kind === 'compare' && condition.left).toEqual(number);
      }),
      HOW_MANY,
    );
  });

  it('writes a text that was read and written once the same again', () => {
    fc.assert(
      fc.property(scanConditions().filter(fits), (tree) => {
        const text = formatScan(tree).replaceAll(' and ', ' AND ').replaceAll(', ', ' , ').toUpperCase();
        const parsed = parseScan(text);
        if (!parsed.ok) return;
        const canonical = formatScan(parsed.condition);
        expect(formatScan(read(canonical))).toBe(canonical);
      }),
      HOW_MANY,
    );
  });
});
