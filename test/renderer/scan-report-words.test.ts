import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import { groupRows } from '../../src/renderer/src/features/outcomes/group-rows.ts';
import { againstChance, headline, hitWords, shareText } from '../../src/renderer/src/features/outcomes/score-words.ts';
import {
  clauseValues,
  distanceWords,
  holdingWords,
  holdsMark,
} from '../../src/renderer/src/features/scan/near-words.ts';
import { cooldownWords, historyWords, noiseWords, rateText } from '../../src/renderer/src/features/scan/noise-words.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { readingText } from '../../src/renderer/src/format/reading.ts';
import { FAKE_BOOK } from './fake-rules.ts';
import { FAKE_BOARD, FAKE_NOISE, FAKE_OUTCOMES, rateOf } from './fake-scan-answers.ts';

const style = priceStyleOf(undefined);
const NOTHING = {
  count: 0,
  hits: 0,
  rate: undefined,
  low: undefined,
  high: undefined,
  random: undefined,
  mean: undefined,
};

describe('how much a rule would say', () => {
  it('is told in sentences', () => {
    const days = [{ date: '2026-11-20' as TradingDate, count: 280 }];
    expect(noiseWords({ ...FAKE_NOISE, days })).toEqual([
      'It would have fired 14 times a day over the last 20 sessions, 280 in all.',
      '9 of them repeat the same symbol and side within half an hour.',
      'On 3 bars five symbols or more fired together, 21 signals in all.',
      'The busiest day was Tue 3 Nov 2026, with 41.',
      'On 1 day it kept quiet.',
    ]);
  });

  it('is plain where it is nothing', () => {
    const quiet = { ...FAKE_NOISE, perDay: 0, sessions: 1, days: [{ date: '2026-11-20' as TradingDate, count: 0 }] };
    expect(noiseWords(quiet)).toEqual(['It would not have fired once over the last 1 session.']);
    const [, repeats] = noiseWords({ ...FAKE_NOISE, repeats: 0 });
    expect(repeats).toBe('No symbol would have been told twice within half an hour.');
  });

  it('is a guess, or nothing, where too little is stored', () => {
    expect(historyWords(20, 20)).toBeUndefined();
    expect(historyWords(4, 20)).toContain('Only 4 of 20 sessions');
    expect(historyWords(0, 20)).toContain('No session is stored');
  });

  it.each([
    [14, '14'],
    [2.46, '2.5'],
    [0.05, '0.1'],
    [3, '3'],
    [0, '0'],
  ])('writes %d a day as %s', (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });

  it('names cooldowns', () => {
    expect([0, 15, 60, 90, 120, 1_440].map(cooldownWords)).toEqual([
      'none',
      '15 min',
      '1 h',
      '90 min',
      '2 h',
      'once a day',
    ]);
  });
});

describe('how signals turned out', () => {
  const rate = rateOf(100, 62, 0.51);

  it('is told against entries at random', () => {
    expect(hitWords(rate, 'buy', 'after 15 minutes')).toBe(
      '62 % had risen after 15 minutes, between 55 and 69; entries at random: 51 %.',
    );
    expect(hitWords(rate, 'sell', 'at the close')).toContain('had fallen at the close');
    expect(hitWords({ ...rate, random: undefined }, 'all', 'after an hour')).not.toContain('random');
    expect(hitWords(NOTHING, 'all', 'after an hour')).toBe('Nothing is known after an hour yet.');
  });

  it('tells of the close where a quarter of an hour is longer than what is known', () => {
    expect(headline(FAKE_BOARD, 'all')).toContain('after 15 minutes');
    expect(headline({ ...FAKE_BOARD, after15: NOTHING }, 'all')).toContain('at the close');
  });

  it('says only what the interval allows', () => {
    expect(againstChance(rate)).toBe('better');
    expect(againstChance({ ...rate, random: 0.6 })).toBe('same');
    expect(againstChance({ ...rate, random: 0.75 })).toBe('worse');
    expect(againstChance(NOTHING)).toBeUndefined();
    expect(shareText(undefined)).toBe('–');
  });

  it('stands in rows: the most alerts first, hours in their order', () => {
    expect(groupRows(FAKE_OUTCOMES, 'rule', FAKE_BOOK).map(({ name }) => name)).toEqual(['EMA cross', 'Volume surge']);
    expect(groupRows(FAKE_OUTCOMES, 'instrument', FAKE_BOOK)[0]).toMatchObject({
      name: 'RELIANCE',
      of: { instrument: 'NSE:RELIANCE' },
    });
    expect(
      groupRows(FAKE_OUTCOMES, 'hour', FAKE_BOOK)
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['09:00 to 09:59', '10:00 to 10:59']);
  });
});

describe('a near miss', () => {
  it('says of each condition whether it holds, in a mark and a word', () => {
    expect(holdsMark(true)).toEqual(['✓', 'holds']);
    expect(holdsMark(false)).toEqual(['✗', 'does not hold']);
    expect(holdsMark(null)).toEqual(['?', 'unknown']);
  });

  it('counts what holds, shows the values, and how far the rest is away', () => {
    const clause = {
      text: 'rsi(14) > 50',
      holds: false,
      distance: 0.004,
      values: { 'rsi(14)': 48.24, close: 1_412.3 },
    };
    expect(holdingWords({ holding: 1, clauses: [clause, clause] })).toBe('1 of 2 hold');
    expect(holdingWords({ holding: 0, clauses: [clause] })).toBe('0 of 1 holds');
    expect(clauseValues(clause, style)).toBe('rsi(14) 48.2 · close 1,412.30');
    expect(clauseValues({ ...clause, values: { vwap: null } }, style)).toBe('vwap –');
    expect(distanceWords(clause)).toBe('0.40 % away');
    expect(distanceWords({ holds: false, distance: 0.123 })).toBe('12.3 % away');
    expect(distanceWords({ holds: false, distance: 0.000_01 })).toBe('a hair away');
    expect(distanceWords({ holds: true, distance: 0 })).toBe('');
    expect(distanceWords({ holds: false, distance: null })).toBe('');
  });

  it.each([
    ['close', 1_412.3, '1,412.30'],
    ['ema(21, 15m)', 1_412.3, '1,412.30'],
    ['rsi(14)', 58.312, '58.3'],
    ['stochastic(14, 3).k', 80, '80.0'],
    ['supertrend(10, 3).direction', 1, '1.0'],
    ['supertrend(10, 3)', 1_400, '1,400.00'],
    ['volume', 124_000, '1.24 L'],
    ['sma(volume, 20)', 8_640, '8,640'],
    ['day change', -0.42, '−0.4'],
  ])('writes %s as what it is', (operand, value, text) => {
    expect(readingText(operand, value, style)).toBe(text);
  });
});
