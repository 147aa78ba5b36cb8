import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Rule } from '../../../src/core/rule.ts';
import { compileRule, longerFault, looksAt, needsOf } from '../../../src/core/scanner/compile-rule.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { STOCK } from '../../support/scan-markets.ts';
import { appErrorOf } from '../../support/thrown.ts';
import { compiled, sampleRule } from './sample-rule.ts';

describe('compiling a rule', () => {
  it('reads its sentences, and those that arm it again', () => {
    const rule = compiled({ buy: 'close > 1', rearm: { kind: 'condition', buy: null, sell: 'close < 1' } });
    expect([rule.buy?.kind, rule.sell, rule.rearmBuy, rule.rearmSell?.kind]).toEqual([
      'compare',
      undefined,
      undefined,
      'compare',
    ]);
  });

  it('says whose sentence cannot be read, and where', () => {
    const error = appErrorOf(() => compileRule(sampleRule({ name: 'Mine', buy: 'close > 1', sell: 'close <' })));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(/^Rule "Mine", when to sell, at character \d+: .+\.$/u);
  });

  it('refuses bars that cannot be had', () => {
    const error = appErrorOf(() => compileRule(sampleRule({ buy: 'rsi(14, 5m) < 30' })));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain('Bars of 5m cannot be made');
  });
});

describe('the timeframes that a rule may ask for', () => {
  it.each<[Timeframe, string, boolean]>([
    ['15m', 'rsi(14, 1h) < 30', true],
    ['15m', 'rsi(14, 15m) < 30', true],
    ['15m', 'rsi(14, 1d) < 30', true],
    ['10m', 'rsi(14, 15m) < 30', false],
    ['45s', 'rsi(14, 1m) < 30', false],
    ['15m', 'rsi(14, 5m) < 30', false],
    ['1d', 'rsi(14, 1w) < 30', true],
    ['1w', 'rsi(14, 1d) < 30', false],
    ['1d', 'close > previous day high', true],
    ['1w', 'close > previous day high', false],
    ['1w', 'close > day open', false],
  ])('a rule of %s: %s', (timeframe, buy, isFine) => {
    const fault = longerFault(sampleRule({ timeframe, buy }));
    if (isFine) expect(fault).toBeUndefined();
    else expect(fault).toMatch(/\.$/u);
  });

  it('are looked for in every sentence, and not in one that cannot be read', () => {
    const rearm: Rule['rearm'] = { kind: 'condition', buy: 'rsi(14, 1m) > 50', sell: null };
    expect(longerFault(sampleRule({ buy: 'close > 1', rearm }))).toContain('1m');
    expect(longerFault(sampleRule({ buy: 'close >', sell: 'close > sma(3, 1m)' }))).toContain('1m');
    expect(longerFault(sampleRule({ buy: 'close >' }))).toBeUndefined();
  });
});

describe('the bars a lane needs', () => {
  const needs = (...texts: string[]) =>
    Object.fromEntries(
      needsOf(
        texts.map((buy) => compiled({ buy })),
        '15m',
      ).map(({ timeframe, bars }) => [timeframe, bars]),
    );

  it('are at least 200 of its own', () => {
    expect(needs()).toEqual({ '15m': 200 });
    expect(needs('close > 1')).toEqual({ '15m': 200 });
  });

  it.each([
    // The bar before decides whether a side is armed: one more than is looked at.
    ['close > sma(400)', { '15m': 401 }],
    ['close crosses above sma(400)', { '15m': 402 }],
    ['sma(400) turning up', { '15m': 403 }],
    ['close > sma(sma(300), 200)', { '15m': 500 }],
    ['close > sma(300)[50]', { '15m': 351 }],
    ['within 100 bars of sma(300) rising for 3 bars', { '15m': 403 }],
    ['close > sma(10, 1h)[2]', { '15m': 200, '1h': 12 }],
    ['close > previous day high', { '15m': 200, '1d': 1 }],
    ['close > sma(sma(4, 1h), 300)', { '15m': 301, '1h': 4 }],
    ['close > high on forming 1w', { '15m': 200, '1d': 7, '1w': 1 }],
    ['close > high on forming 1mo', { '15m': 200, '1d': 31, '1mo': 1 }],
  ])('for %s', (text, expected) => {
    expect(needs(text)).toEqual(expected);
  });

  it('are enough for each of the rules', () => {
    expect(needs('close > sma(400)', 'close > sma(3, 1h)', 'close > sma(5, 1h)')).toEqual({ '15m': 401, '1h': 5 });
  });
});

describe('the instruments a rule looks at', () => {
  const listed = (...keys: string[]): Rule['universe'] => ({ kind: 'list', instruments: keys as InstrumentKey[] });
  const bySector = (...sectors: string[]): Rule['universe'] => ({ kind: 'sector', sectors });

  it.each<[string, Rule['universe'], boolean]>([
    ['all', { kind: 'all' }, true],
    ['a list with it', listed('NSE:TCS', 'NSE:INFY'), true],
    ['a list without it', listed('NSE:TCS'), false],
    ['an empty list', listed(), false],
    ['its sector', bySector('Banks', ' it '), true],
    ['another sector', bySector('Banks'), false],
  ])('%s', (_what, universe, expected) => {
    expect(looksAt(sampleRule({ universe }), STOCK)).toBe(expected);
  });

  it('are none of unknown sector, where a rule names sectors', () => {
    expect(looksAt(sampleRule({ universe: bySector('IT') }), { ...STOCK, sector: undefined })).toBe(false);
  });
});
