import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkScan } from '../../../src/core/scanner/check.ts';
import { type CheckFacts, NO_FACTS } from '../../../src/core/scanner/check-facts.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { SHIPPED_RULES } from '../../../src/core/scanner/shipped-rules.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';

const NSE: CheckFacts = {
  sectors: ['Information Technology', 'Power', 'Metals'],
  symbols: ['INFY', 'TCS', 'M&M'],
  withoutVolume: [],
  needs: [],
  stored: undefined,
  hours: [
    { open: 555, close: 930 },
    { open: 1_095, close: 1_155 },
  ],
};

/** Kind, stretch and the rest of each warning. */
function warningsOf(text: string, facts: Partial<CheckFacts> = {}) {
  const parsed = parseScan(text);
  if (!parsed.ok) throw new Error(`"${text}" cannot be read: ${parsed.problem.message}`);
  return checkScan(parsed.condition, parsed.places, { ...NSE, ...facts }).map(
    ({ start, end, kind, message, suggestion }) => ({ kind, at: text.slice(start, end), message, suggestion }),
  );
}

describe('what can never hold', () => {
  it.each([
    ['rsi(14) > 100', 'rsi(14) lies between 0 and 100'],
    ['rsi(14) < 0', 'rsi(14) lies between 0 and 100'],
    ['rsi(14) crosses above 100', 'rsi(14) lies between 0 and 100'],
    ['stochastic.d[2] > 100', 'between 0 and 100'],
    ['adx(14, 1h) < 0', 'between 0 and 100'],
    ['(rsi(14) - 50) * 2 > 100', 'between -100 and 100'],
    ['close < 0', 'always above 0'],
    ['close crosses above 0', 'always above 0'],
    ['volume < 0', 'never below 0'],
    ['day change < -100', 'always above -100'],
    ['abs(close - open) < 0', 'never below 0'],
    ['close > close', 'Both sides are the same'],
    ['ema(9) crosses above ema(9)', 'Both sides are the same'],
    ['high < low', 'high is never below low'],
    ['high[1] < low[1]', 'never below'],
    ['bollinger.lower > bollinger.upper', 'never above'],
    ['max(high, 10) > max(high, 20)', 'counts this bar'],
    ['close / 0 > 5', 'divided by zero'],
    ['2 > 3', 'plain numbers'],
    ['5 rising', 'plain number'],
    ['time between 16:00 and 17:00', 'Bars close from 09:15 to 15:30 and from 18:15 to 19:15'],
    ['time before 09:15', 'Bars close from 09:15 to 15:30'],
  ])('%s', (text, why) => {
    expect(warningsOf(text)).toMatchObject([{ kind: 'never', at: text, message: expect.stringContaining(why) }]);
  });

  it.each([
    ['close > max(high, 20)', 'close > max(high, 20)[1]'],
    ['close > day high', 'close > day high[1]'],
    ['min(low, 5) > low', 'min(low, 5)[1] > low'],
    ['close crosses above donchian.upper', 'close crosses above donchian(20)[1]'],
    ['rsi(14) between 60 and 40', 'rsi(14) between 40 and 60'],
    ['time between 14:30 and 10:00', 'time between 10:00 and 14:30'],
  ])('%s, with what was meant', (text, suggestion) => {
    expect(warningsOf(text)).toMatchObject([{ kind: 'never', suggestion }]);
  });

  it.each([
    'rsi(14) > 70 and rsi(14) < 30',
    'rsi(14) between 60 and 70 and rsi(14) < 50',
    'close > vwap and close < vwap',
    'close crosses above vwap and close < vwap',
    'close crosses above vwap and close crosses below vwap',
    'rsi(14) crosses above 60 and rsi(14)[1] > 70',
    'close rising and close falling',
    'close rising for 3 bars and close < close[1]',
    'close > open for 3 bars and close < open',
    'time after 14:00 and time before 10:00',
    'symbol is INFY and symbol is TCS',
    'symbol in (INFY, TCS) and not (symbol in (TCS, infy))',
    'not (rsi(14) > 30 or rsi(14) <= 50)',
  ])('at once: %s', (text) => {
    expect(warningsOf(text).map(({ kind }) => kind)).toContain(text.startsWith('not') ? 'always' : 'never');
  });

  it('points at the two that do not go together', () => {
    const text = 'close > 5 and rsi(14) > 70 and volume > 5 and rsi(14) < 30';
    expect(warningsOf(text)).toEqual([
      {
        kind: 'never',
        at: 'rsi(14) > 70 and volume > 5 and rsi(14) < 30',
        message: 'rsi(14) > 70 and rsi(14) < 30 can never hold at once, so this never holds.',
        suggestion: null,
      },
    ]);
  });
});

describe('what always holds', () => {
  it.each([
    'volume >= 0',
    'rsi(14) <= 100',
    'high >= low',
    'close > 0',
    'close <= max(high, 5)',
    'not (close > close)',
    'time after 09:00',
    'rsi(14) > 50 or rsi(14) <= 60',
    'close = open or close != open',
  ])('%s', (text) => {
    const kinds = warningsOf(text).map(({ kind }) => kind);
    expect(kinds).toContain(text.startsWith('not') ? 'never' : 'always');
  });
});

describe('what can hold or not', () => {
  it.each([
    'rsi(14) >= 100',
    'rsi(14) <= 0',
    'close >= max(high, 20)',
    'close > max(high, 20)[1]',
    'close > max(high, 20) on 1h',
    'close > day high[1]',
    'close crosses above max(high, 20)[1]',
    'rsi(14) > 70 and rsi(14, 15m) < 30',
    'rsi(14) > 70 and rsi(14)[1] < 30',
    'within 3 bars of rsi(14) < 30 and rsi(14) > 50',
    'rsi(14) > 70 or rsi(14) < 30',
    'close rising and close[1] < close[2]',
    'time after 15:30',
    'time between 18:30 and 19:00',
    'time before 09:20',
    'symbol is INFY and symbol in (INFY, TCS)',
    'not (symbol is INFY)',
    'close - open > 5',
    'supertrend.direction = 1',
    'volume = 0',
    'macd > macd.signal',
    ...SHIPPED_RULES.flatMap(({ buy, sell }) => [buy ?? '', sell ?? '']),
  ])('%s: nothing is said', (text) => {
    expect(warningsOf(text)).toEqual([]);
  });
});

describe('other warnings', () => {
  it('says what repaints, and how it would not', () => {
    expect(warningsOf('close > ema(20, forming 1h) and close on forming 1d > 5')).toMatchObject([
      { kind: 'repaints', at: 'ema(20, forming 1h)', suggestion: 'ema(20, 1h)' },
      { kind: 'repaints', at: 'close on forming 1d', suggestion: 'close on 1d' },
    ]);
  });

  it('says what needs more bars than are stored', () => {
    const needs = [
      { timeframe: '5m', bars: 200 },
      { timeframe: '1d', bars: 300 },
      { timeframe: '1w', bars: 50 },
    ] as const;
    const stored = new Map([['5m', 5_000] as const, ['1d', 250] as const]);
    expect(warningsOf('close > ema(50, 1d)', { needs, stored })).toMatchObject([
      { kind: 'warm-up', message: expect.stringContaining('needs 300 bars of 1d, and 250 are stored') },
    ]);
  });

  it('says which instruments have no volume', () => {
    const withoutVolume = ['NIFTY 50', 'NIFTY BANK', 'A', 'B', 'C'];
    expect(warningsOf('rsi(14) > 50 and close > vwap', { withoutVolume })).toMatchObject([
      {
        kind: 'volume',
        at: 'vwap',
        message: 'NIFTY 50, NIFTY BANK, A and 2 more have no volume, so this is never known for them.',
      },
    ]);
    expect(warningsOf('rsi(14) > 50', { withoutVolume })).toEqual([]);
  });

  it('says which names nobody watches, with the nearest that somebody does', () => {
    expect(warningsOf('symbol is not INFI')).toMatchObject([
      {
        kind: 'symbol',
        message: 'INFI is not among the watched symbols. Did you mean INFY?',
        suggestion: 'not (symbol is INFY)',
      },
    ]);
    expect(warningsOf('sector in (powr, metals)')).toMatchObject([
      { kind: 'sector', suggestion: 'sector in (Power, metals)' },
    ]);
    expect(warningsOf('symbol is NSE:TCS and sector is Fisheries', { sectors: ['Power'] })).toMatchObject([
      { kind: 'sector', suggestion: null },
    ]);
    expect(warningsOf('symbol is XYZ', { symbols: undefined })).toEqual([]);
  });

  it('says that prices are hardly ever the same', () => {
    expect(warningsOf('close = open')).toMatchObject([{ kind: 'style', suggestion: 'abs(close - open) <= 0.1' }]);
  });
});

describe('hours that nobody knows', () => {
  it.each([[undefined], [[]]])('%j: nothing is said of the time', (hours) => {
    expect(warningsOf('time after 20:00', { hours })).toEqual([]);
    expect(warningsOf('time between 12:00 and 12:00', { hours })).toMatchObject([{ kind: 'never' }]);
  });
});

describe('any sentence', () => {
  it('is checked without a fault, in places that it has', () => {
    fc.assert(
      fc.property(scanConditions(), (condition) => {
        const places = new Map();
        for (const warning of checkScan(condition, places, {
          ...NO_FACTS,
          withoutVolume: ['X'],
          symbols: [],
          sectors: [],
        }))
          expect(warning.message).toMatch(/^\S.{10,}[.?]$/su);
      }),
    );
  });

  it.each([
    ['of greater and lesser', `${'greater(lesser(close,'.repeat(12)}open${'),high)'.repeat(12)} > 5`],
    ['of many parts', Array.from({ length: 90 }, (_, index) => `rsi(${index + 2}) > 70`).join(' and ')],
    ['of many that are at odds', `${'rsi > 70 and '.repeat(60)}rsi < 30`],
  ])('%s takes no time', (_name, text) => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      warningsOf(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(30);
  });
});
