import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import {
  ageText,
  copyText,
  emptyWords,
  formingReason,
  operandName,
  scanLine,
  symbolCount,
  whyRows,
  withheldWords,
} from '../../src/renderer/src/features/alerts/alert-words.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
const scan = {
  lastBarTime: at('2026-11-20T10:40:00'),
  judgedAt: at('2026-11-20T10:45:00'),
  instruments: 50,
  fired: 2,
  unknown: 0,
  withheld: 0,
};
const alert = sampleAlert({ barTime: at('2026-11-20T10:40:00') });

describe('words of the alert list', () => {
  it.each([
    [0, 'now'],
    [4_000, 'now'],
    [12_000, '12 s'],
    [125_000, '2 min'],
    [3 * 3_600_000, '3 h'],
  ])('tells an age of %d ms as %s', (age, text) => {
    expect(ageText(alert.raisedAt, (alert.raisedAt + age) as EpochMs)).toBe(text);
  });

  it('tells no age while nobody knows the time', () => {
    expect(ageText(alert.raisedAt, undefined)).toBe('');
  });

  it('names operands as a trader does, and leaves what it does not know', () => {
    expect(['ema(9)', 'rsi(14)', 'close'].map(operandName)).toEqual(['EMA 9', 'RSI 14', 'close']);
  });

  it('explains with every operand and the bar', () => {
    expect(whyRows(alert.signal, 2)).toEqual([
      ['Bar', '20 Nov 2026 10:40, 5 minutes'],
      ['Close', '1,412.30'],
      ['EMA 9', '1,411.20'],
      ['EMA 21', '1,410.90'],
      ['RSI 14', '58.3'],
    ]);
  });

  it('says of a forming signal that it depends on the close', () => {
    expect(formingReason(alert.signal)).toBe('EMA 9 above EMA 21 if the bar closes here, RSI 58.3');
    const hollow = 'Would signal a sell if the bar closes here';
    expect(formingReason({ ...alert.signal, side: 'sell', values: {} })).toBe(hollow);
    expect(
      formingReason({ ...alert.signal, side: 'sell', rule: 'trend-turn' }),
      'of averages that may mean anything',
    ).toBe(hollow);
  });

  it('copies one line that stands for itself', () => {
    expect(copyText(alert, 2)).toBe(
      'BUY RELIANCE 5m at 1,412.30: EMA 9 crossed above EMA 21, RSI 58.3 (bar 20 Nov 2026 10:40 IST)',
    );
  });

  it('warns in the copied line of inputs that were not whole or have changed', () => {
    expect(copyText({ ...alert, inputs: 'revised' }, 2)).toMatch(/ IST\) \[inputs revised\]$/);
    expect(copyText({ ...alert, inputs: 'incomplete' }, 2)).toMatch(/ IST\) \[incomplete inputs\]$/);
  });
});

describe('words about the scan', () => {
  it('tells of the last one in a line', () => {
    expect(scanLine(scan, 0, true)).toBe('Last scan 10:45:00 · 50 symbols · 2 fired · 0 unknown');
    expect(scanLine(undefined, 0, true)).toBe('No scan yet');
    expect(scanLine(scan, 0, false)).toBe('All rules are off');
  });

  it('says what is held back', () => {
    expect(withheldWords({ withheld: 3 })).toBe('3 withheld: waiting for history');
    expect(withheldWords(scan)).toBeUndefined();
    expect(withheldWords(undefined)).toBeUndefined();
    expect(scanLine({ ...scan, withheld: 3 }, 0, true)).toBe('Last scan 10:45:00 · 50 symbols · 2 fired · 3 withheld');
    expect(scanLine({ ...scan, unknown: 1, withheld: 3 }, 0, true)).toContain('1 unknown · 3 withheld');
    expect(emptyWords({ ...scan, fired: 0, withheld: 3 }, 1)).toContain('3 withheld: waiting for history.');
  });

  it('counts the index for itself, as the watchlist does', () => {
    expect(symbolCount(51, 1)).toBe('50 + index');
    expect(symbolCount(50, 0)).toBe('50 symbols');
    expect(symbolCount(1, 1)).toBe('1 symbol');
    expect(symbolCount(undefined, 1)).toBe('– symbols');
  });

  it('says why the list is empty', () => {
    const quiet = { ...scan, fired: 0 };
    expect(emptyWords(quiet, 1)).toBe(
      'The last scan, at 10:45:00, looked at 50 instruments by 1 rule and found nothing.',
    );
    expect(emptyWords(scan, 3), 'after the list was cleared').toContain('by 3 rules and found 2, which were cleared.');
    expect(emptyWords({ ...quiet, unknown: 3 }, 1)).toContain('3 could not be judged');
    expect(emptyWords({ ...scan, judgedAt: undefined }, 1)).toBe(
      'One rule judges its bars as they close. None has closed yet.',
    );
    expect(emptyWords(undefined, 4)).toBe('4 rules judge their bars as they close. None has closed yet.');
    expect(emptyWords(scan, 0)).toContain('off');
  });
});
