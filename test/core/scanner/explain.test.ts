import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainFinding } from '../../../src/core/scanner/explain.ts';
import { grouped } from '../../../src/core/scanner/explain-values.ts';
import type { OperandReading } from '../../../src/core/scanner/finding.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';
import { read } from './read.ts';

type Values = Readonly<Record<string, number | readonly [now: number, before: number]>>;

function explain(text: string, values: Values = {}): string {
  const operands = Object.entries(values).map(([operand, value]): OperandReading => {
    const [now, before] = typeof value === 'number' ? [value, value] : value;
    return { text: operand, now, before, isSettled: true, timeframe: '5m', barTime: undefined };
  });
  return explainFinding(read(text), 'buy', operands);
}

describe('the reason of a finding', () => {
  it('is a crossing in words, and the value of what is compared with a plain number', () => {
    const values = { 'ema(9)': [101.2, 100.8], 'ema(21)': [101, 100.9], 'rsi(14)': 58.34 } as const;
    expect(explain('ema(9) crosses above ema(21) and rsi(14) > 50', values)).toBe(
      'EMA 9 crossed above EMA 21, RSI 58.3',
    );
    expect(explain('ema(9) crosses below ema(21) and rsi(14) < 50', { ...values, 'rsi(14)': 41 })).toBe(
      'EMA 9 crossed below EMA 21, RSI 41.0',
    );
  });

  it('has both values of two operands', () => {
    expect(explain('close > vwap', { close: 1412.3, vwap: 1405.1 })).toBe('Close 1,412.30 above VWAP 1,405.10');
    expect(explain('close <= day low', { close: 99.5, 'day low': 99.5 })).toBe('Close 99.50 at or below day low 99.50');
  });

  it.each([
    [
      'volume > 2 * sma(volume, 20)',
      { volume: 215_000, 'sma(volume, 20)': 98_200.4 },
      'Volume 2,15,000 above 2 × SMA 20 of volume 98,200',
    ],
    [
      'close > max(high, 20)[1]',
      { close: 105.5, 'max(high, 20)[1]': 105.2 },
      'Close 105.50 above 20-bar high 1 bar before 105.20',
    ],
    ['rsi(14, 15m) < 30', { 'rsi(14, 15m)': 28.12 }, '15m RSI 28.1'],
    ['rsi(14) > 50 and rsi(7) > 60', { 'rsi(14)': 55, 'rsi(7)': 66 }, 'RSI 14 55.0, RSI 7 66.0'],
    ['rsi(14) between 40 and 60', { 'rsi(14)': 45 }, 'RSI 45.0 between 40 and 60'],
    ['rsi(14) crosses above 30', { 'rsi(14)': [31, 29] }, 'RSI 14 crossed above 30'],
    ['macd crosses above macd.signal', {}, 'MACD line crossed above MACD signal'],
    ['not (rsi(14) > 70)', { 'rsi(14)': 61 }, 'RSI 61.0'],
    ['within 3 bars of supertrend turning up', {}, 'Supertrend turned up within the last 3 bars'],
    ['close > open for 3 bars', { close: 2, open: 1 }, 'Close above open for 3 bars'],
    ['close rising for 3 bars', {}, 'Close rose for 3 bars'],
    ['day change > 2 and time after 10:00', { 'day change': 2.34 }, 'Day change 2.3%'],
    ['time after 10:00 and symbol is INFY', {}, 'Time after 10:00, symbol is INFY'],
    ['close > open * 1.02', { close: 0.98761, open: 0.9 }, 'Close 0.98761 above open 0.90000 × 1.02'],
  ] as const)('%s', (text, values, line) => {
    expect(explain(text, values)).toBe(line);
  });

  it('names of alternatives those that held', () => {
    const text = 'close > vwap and (rsi(14) > 70 or day change > 2 or gap > 1)';
    const values = { close: 11, vwap: 10, 'rsi(14)': 60, 'day change': 3, gap: 1.5 };
    expect(explain(text, values)).toBe('Close 11.00 above VWAP 10.00, (day change 3.0% or gap 1.5%)');
    expect(explain(text, { ...values, gap: 0 })).toBe('Close 11.00 above VWAP 10.00, day change 3.0%');
  });

  it('is one line of any condition, with or without values', () => {
    fc.assert(
      fc.property(scanConditions(), (condition) => {
        const line = explainFinding(condition, 'sell', []);
        expect(line).toMatch(/^[^\n]{1,240}$/u);
      }),
    );
  });
});

describe('a number with commas', () => {
  it.each([
    [1412.3, 2, '1,412.30'],
    [1234567.891, 1, '12,34,567.9'],
    [999, 0, '999'],
    [-100000, 0, '-1,00,000'],
    [-0.0001, 2, '0.00'],
    [123456789, 0, '12,34,56,789'],
  ] as const)('%d with %d decimals', (value, decimals, text) => {
    expect(grouped(value, decimals)).toBe(text);
  });
});
