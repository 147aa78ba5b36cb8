import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caretText } from '../../../src/core/scanner/caret-text.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { problemOf } from './read.ts';

const lines = (text: string) => caretText(text, problemOf(text));

describe('a problem on a terminal', () => {
  it('stands under what is wrong, with what was meant', () => {
    expect(lines('ema(9) croses above ema(21)')).toEqual([
      '    ema(9) croses above ema(21)',
      '           ^^^^^^',
      '"croses" is not known here.',
      'Did you mean "crosses"?',
    ]);
  });

  it('has one caret where something is missing at the end', () => {
    expect(lines('close >').slice(0, 2)).toEqual(['    close >', '           ^']);
  });

  it('suggests nothing where something is to be taken out', () => {
    expect(lines('close > open)')).toEqual([
      '    close > open)',
      '                ^',
      'No parenthesis was opened for this one. Take it out.',
    ]);
  });

  it('counts a pictograph as one and shows a tab or a line break as a space', () => {
    expect(lines('sector is "😀"\tand\nfoo > 1').slice(0, 2)).toEqual([
      '    sector is "😀" and foo > 1',
      '                      ^^^',
    ]);
  });

  it('shows of a long text what lies around the place', () => {
    const [text = '', carets = ''] = lines(`${'close > 1 and '.repeat(60)}foo > 1${' and close > 1'.repeat(60)}`);
    expect(text.length).toBeLessThan(120);
    expect(text.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('foo');
    expect([text.trim().at(0), text.at(-1)]).toEqual(['…', '…']);
  });

  it('has carets under any text that cannot be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const parsed = parseScan(text);
        if (parsed.ok) return;
        const [shown = '', carets = ''] = caretText(text, parsed.problem);
        expect(carets).toMatch(/^ {4,}\^+$/u);
        expect(shown).not.toContain('\n');
      }),
    );
  });

  it('looks only at what it shows, however long the text is', () => {
    const text = `${'😀'.repeat(300)}${'x'.repeat(1_000_000)}`;
    const problem = { start: 600, end: text.length, message: 'Too long.', suggestion: null };
    const [shown = '', carets = ''] = caretText(text, problem);
    expect(shown).toBe(`    …${'😀'.repeat(50)}${'x'.repeat(50)}…`);
    expect(carets).toBe(`     ${' '.repeat(50)}${'^'.repeat(50)}`);
    const began = performance.now();
    for (let times = 0; times < 100; times += 1) caretText(text, problem);
    expect((performance.now() - began) / 100).toBeLessThan(5);
  });
});
