import { describe, expect, it } from 'vitest';
import type { NumberExpression } from '../../../src/core/scanner/expression.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { read } from './read.ts';

const field = (name: 'close' | 'open' | 'high' | 'low' | 'volume' | 'previous day high'): NumberExpression => ({
  kind: 'field',
  name,
});
const number = (value: number): NumberExpression => ({ kind: 'number', value });
const ema = (period: number): NumberExpression => ({
  kind: 'call',
  name: 'ema',
  source: undefined,
  numbers: [period],
  part: undefined,
});

describe('the tree of a sentence', () => {
  it('of the default rule', () => {
    expect(read('ema(9) crosses above ema(21) and rsi(14) > 50')).toEqual({
      kind: 'and',
      of: [
        { kind: 'crosses', direction: 'above', left: ema(9), right: ema(21) },
        {
          kind: 'compare',
          op: '>',
          left: { kind: 'call', name: 'rsi', source: undefined, numbers: [14], part: undefined },
          right: number(50),
        },
      ],
    });
  });

  it('fills in usual numbers, the first part, and leaves out the usual source', () => {
    expect(read('bb(close, 20) > macd.signal')).toEqual({
      kind: 'compare',
      op: '>',
      left: { kind: 'call', name: 'bollinger', source: undefined, numbers: [20, 2], part: 'mid' },
      right: { kind: 'call', name: 'macd', source: undefined, numbers: [12, 26, 9], part: 'signal' },
    });
  });

  it('binds a product closer than a sum, a sign closer than both, and the left of its like first', () => {
    const text = '-close + open * 2 - low - high > 0';
    expect(read(text)).toEqual(read('((((-close) + (open * 2)) - low) - high) > 0'));
    expect(read(text)).not.toEqual(read('(-close + open * 2) - (low - high) > 0'));
  });

  it('binds and closer than or, not and within to the next comparison, for to the one before', () => {
    expect(read('close > 1 or close > 2 and close > 3')).toEqual(read('close > 1 or (close > 2 and close > 3)'));
    expect(read('not close > 1 and close > 2')).toEqual(read('(not (close > 1)) and close > 2'));
    expect(read('within 3 bars of close > 1 and close > 2')).toEqual(
      read('(within 3 bars of close > 1) and close > 2'),
    );
    expect(read('close > 1 and close > 2 for 3 bars')).toEqual(read('close > 1 and (close > 2 for 3 bars)'));
    expect(read('not close > 1 for 3 bars')).toEqual(read('not (close > 1 for 3 bars)'));
    expect(read('within 5 bars of close > 1 for 3 bars')).toEqual(read('within 5 bars of (close > 1 for 3 bars)'));
  });

  it('takes the last bars of rising for rising itself', () => {
    const moves = { kind: 'moves', direction: 'rising', of: field('close') };
    expect(read('close rising for 3 bars')).toEqual({ ...moves, bars: 3 });
    expect(read('(close rising) for 3 bars')).toEqual({ kind: 'for', bars: 3, of: { ...moves, bars: 1 } });
  });

  it('counts the bars right after a timeframe in that timeframe, after parentheses in its own', () => {
    const left = (text: string) => {
      const condition = read(`${text} > 1`);
      return condition.kind === 'compare' ? condition.left : undefined;
    };
    const onHours = { kind: 'on', timeframe: '1h', forming: false } as const;
    const offset = { kind: 'offset', of: ema(9), bars: 1 } as const;
    expect(left('ema(9, 1h)[1]')).toEqual({ ...onHours, of: offset });
    expect(left('ema(9)[1] on 1h')).toEqual({ ...onHours, of: offset });
    expect(left('ema(9) on 1h [1]')).toEqual({ ...onHours, of: offset });
    expect(left('(ema(9, 1h))[1]')).toEqual({ kind: 'offset', of: { ...onHours, of: ema(9) }, bars: 1 });
  });

  it('joins what parentheses of the same kind part', () => {
    expect(read('close > 1 and (close > 2 and close > 3)')).toEqual(read('close > 1 and close > 2 and close > 3'));
  });

  it('knows where each node stands', () => {
    const text = 'close > 1 and ( rsi(14) < 30 )';
    const parsed = parseScan(text);
    if (!parsed.ok) throw new Error('It cannot be read.');
    const stretches = [...parsed.places].map(([node, { start, end }]) => [node.kind, text.slice(start, end)]);
    expect(stretches).toEqual([
      ['field', 'close'],
      ['number', '1'],
      ['compare', 'close > 1'],
      ['call', 'rsi(14)'],
      ['number', '30'],
      ['compare', '( rsi(14) < 30 )'],
      ['and', text],
    ]);
  });
});

/** As people write it, and as we do. */
const WRITTEN = [
  ['EMA(9) Crosses Above EMA(21)', 'ema(9) crosses above ema(21)'],
  ['within 3 bars of supertrend(10,3) turning up', 'within 3 bars of supertrend(10, 3) turns up'],
  ['supertrend turned down', 'supertrend(10, 3) turns down'],
  ['ema(9) crossed over ema(21) in the last 3 bars', 'within 3 bars of ema(9) crosses above ema(21)'],
  ['ema(9) crossing under ema(21) within the last 3 candles', 'within 3 bars of ema(9) crosses below ema(21)'],
  ['close is above open && low is less than open', 'close > open and low < open'],
  ['close greater than open || close is at least 5', 'close > open or close >= 5'],
  ['close >= 1 and close ≤ 2 and close <> 3 and close == 4', 'close >= 1 and close <= 2 and close != 3 and close = 4'],
  ['volume > 2 lakh or volume > 1.1 cr or volume > 10k', 'volume > 200000 or volume > 11000000 or volume > 10000'],
  ["close > yesterday's high", 'close > previous day high'],
  ["close > previous day's high", 'close > previous day high'],
  ["close > today's open", 'close > day open'],
  ['close > close 1 bar ago', 'close > close[1]'],
  ['close[0] > open 3 bars ago', 'close > open[3]'],
  ['rsi(14, 15 minutes) < 30', 'rsi(14, 15m) < 30'],
  ['close on 60m > ema(50) on 1 hour', 'close on 1h > ema(50, 1h)'],
  ['close on 1 day > ema(20, forming 1 week)', 'close on 1d > ema(20, forming 1w)'],
  ['macd(12, 26, 9, 1h).histogram > 0', 'macd(12, 26, 9, 1h).histogram > 0'],
  ['sma(volume, 20, 15m) > 5', 'sma(volume, 20, 15m) > 5'],
  ['max(high, 20, 15m)[1] > 5', 'max(high, 20)[1] on 15m > 5'],
  ['(high - low)[1] > atr(14)', '(high - low)[1] > atr(14)'],
  ['(high - low) on 1h > atr', '(high - low) on 1h > atr(14)'],
  ['highest(high, 20) > vwap()', 'max(high, 20) > vwap'],
  ['abs(close - open) > greater(atr, 5)', 'abs(close - open) > greater(atr(14), 5)'],
  ['time from 9:30 to 14:30', 'time between 09:30 and 14:30'],
  ['time >= 10:00 and time < 15:00', 'time after 10:00 and time before 15:00'],
  ['symbol = INFY or symbol != TCS', 'symbol is INFY or not (symbol is TCS)'],
  ['symbol not in (INFY, M&M, BAJAJ-AUTO)', 'not (symbol in (INFY, M&M, BAJAJ-AUTO))'],
  ['sector is Information Technology and close > 5', 'sector is "Information Technology" and close > 5'],
  ["sector is 'Oil and Gas' for 2 bars", 'sector is "Oil and Gas" for 2 bars'],
  ['sector in (IT, “Oil,  Gas”, Consumer Durables)', 'sector in (IT, "Oil, Gas", "Consumer Durables")'],
  ['close is rising and open falling for the last 2 bars', 'close rising and open falling for 2 bars'],
  ['!(close > open) or !!(close > 5)', 'not (close > open) or not (not (close > 5))'],
  ['close − 1 × 2 ÷ 3 > +4', 'close - 1 * 2 / 3 > 4'],
] as const;

describe('a sentence as we write it', () => {
  it.each(WRITTEN)('%s', (text, canonical) => {
    expect(formatScan(read(text))).toBe(canonical);
    expect(read(canonical)).toEqual(read(text));
  });
});
