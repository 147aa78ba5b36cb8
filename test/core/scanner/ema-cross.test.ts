import { describe, expect, it } from 'vitest';
import {
  type EmaCrossReading,
  emaCrossStudy,
  explainEmaCross,
  judgeEmaCross,
  warmUpBars,
} from '../../../src/core/scanner/ema-cross.ts';

const RULE = { fast: 9, slow: 21, rsi: 14, momentum: 50 };
const reading = (fast?: number, slow?: number, rsi?: number): EmaCrossReading => ({ fast, slow, rsi });
const below = reading(99, 100, 50);
const level = reading(100, 100, 50);
const above = reading(101, 100, 50);

describe('the crossing of two averages', () => {
  it('is a buy when the fast one comes above the slow one with momentum', () => {
    expect(judgeEmaCross(RULE, below, reading(101, 100, 58.3))).toEqual({
      kind: 'fires',
      side: 'buy',
      values: { 'ema(9)': 101, 'ema(21)': 100, 'rsi(14)': 58.3 },
    });
  });

  it('is a sell when it comes below, with momentum the other way', () => {
    expect(judgeEmaCross(RULE, above, reading(99, 100, 41))).toMatchObject({ kind: 'fires', side: 'sell' });
  });

  it('counts from a bar on which the two were equal', () => {
    expect(judgeEmaCross(RULE, level, reading(101, 100, 60))).toMatchObject({ kind: 'fires', side: 'buy' });
    expect(judgeEmaCross(RULE, level, reading(99, 100, 40))).toMatchObject({ kind: 'fires', side: 'sell' });
  });

  it.each([
    ['the fast one stays above', above, reading(102, 100, 70)],
    ['the fast one stays below', below, reading(98, 100, 30)],
    ['they only meet', below, reading(100, 100, 70)],
    ['RSI is exactly at the threshold of a buy', below, reading(101, 100, 50)],
    ['RSI is exactly at the threshold of a sell', above, reading(99, 100, 50)],
    ['RSI points the other way', below, reading(101, 100, 40)],
  ])('is nothing when %s', (_what, before, after) => {
    expect(judgeEmaCross(RULE, before, after)).toEqual({ kind: 'holds-still' });
  });

  it('asks more of both sides with a higher threshold', () => {
    const strict = { ...RULE, momentum: 60 };
    expect(judgeEmaCross(strict, below, reading(101, 100, 60))).toEqual({ kind: 'holds-still' });
    expect(judgeEmaCross(strict, below, reading(101, 100, 60.1))).toMatchObject({ side: 'buy' });
    expect(judgeEmaCross(strict, above, reading(99, 100, 40))).toEqual({ kind: 'holds-still' });
    expect(judgeEmaCross(strict, above, reading(99, 100, 39.9))).toMatchObject({ side: 'sell' });
  });

  it.each([
    ['there is no bar before', undefined, above],
    ['the slow average was unknown before', reading(101), above],
    ['the fast average is unknown now', below, reading(undefined, 100, 60)],
    ['they cross and RSI, of a price that never moved, is unknown', below, reading(101, 100)],
  ])('is unknown when %s', (_what, before, after) => {
    expect(judgeEmaCross(RULE, before, after)).toEqual({ kind: 'unknown' });
  });

  it('needs no RSI to see that nothing crossed', () => {
    expect(judgeEmaCross(RULE, above, reading(102, 100))).toEqual({ kind: 'holds-still' });
  });

  it('says why in words', () => {
    expect(explainEmaCross(RULE, 'buy', { 'rsi(14)': 58.34 })).toBe('EMA 9 crossed above EMA 21, RSI 58.3');
    expect(explainEmaCross({ ...RULE, fast: 5 }, 'sell', {})).toBe('EMA 5 crossed below EMA 21');
  });
});

describe('the operands of the rule', () => {
  it('become known one by one, each by its own definition', () => {
    let study = emaCrossStudy({ fast: 1, slow: 2, rsi: 2, momentum: 50 });
    const values = [10, 12, 11].map((close) => {
      study = study.next(close);
      return study.value;
    });
    expect(values[0]).toEqual({ fast: 10, slow: undefined, rsi: undefined });
    expect(values[1]).toEqual({ fast: 12, slow: 11, rsi: undefined });
    // Up 2, down 1 over two changes: 100 - 100 / (1 + 2).
    expect(values[2]).toEqual({ fast: 11, slow: 11, rsi: expect.closeTo(66.667, 3) });
  });
});

describe('the bars a rule starts from', () => {
  it.each([
    [{ ...RULE }, 200],
    [{ ...RULE, slow: 200 }, 1_200],
    [{ ...RULE, rsi: 50 }, 550],
  ])('of %j are %d', (parameters, bars) => {
    expect(warmUpBars(parameters)).toBe(bars);
  });

  it.each([{ ...RULE }, { ...RULE, slow: 200 }, { ...RULE, rsi: 50 }])(
    'leave less than 0.01 % of where %j began',
    (parameters) => {
      const bars = warmUpBars(parameters);
      const ofSlow = (1 - 2 / (parameters.slow + 1)) ** (bars - parameters.slow);
      const ofRsi = (1 - 1 / parameters.rsi) ** (bars - parameters.rsi - 1);
      expect(Math.max(ofSlow, ofRsi)).toBeLessThan(0.000_1);
    },
  );
});
