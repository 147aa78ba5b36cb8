import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { longTextOf, messageOf } from '../../src/main/alerts/alert-text.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { sampleMessage } from './sample-message.ts';

const named = (symbol: string, side: 'buy' | 'sell' = 'buy') =>
  sampleAlert({ instrument: `NSE:${symbol}` as InstrumentKey, side });
const of = (...symbols: readonly string[]) => sampleMessage({ alerts: symbols.map((symbol) => named(symbol)) });

describe('an alert in words', () => {
  it('says what, which rule, why, at what price and when, in the units of the market', () => {
    expect(messageOf(sampleMessage())).toEqual({
      title: 'BUY RELIANCE · 5m',
      body: 'EMA cross: EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45',
    });
  });

  it('does without the name of a rule that is gone, and takes no name for one that it was never given', () => {
    expect(messageOf(sampleMessage({ ruleNames: {} })).body).toMatch(/^EMA 9 crossed/);
    const odd = sampleMessage({ alerts: [sampleAlert({ rule: 'constructor' })] });
    expect(messageOf(odd).body).toMatch(/^EMA 9 crossed/);
  });

  it('groups digits as India does and keeps the fourth decimal of a currency', () => {
    const at = (price: number) => messageOf(sampleMessage({ alerts: [sampleAlert({ price })] })).body;
    expect(at(123_456.05)).toContain('1,23,456.05');
    expect(at(84.2575)).toContain('84.2575');
  });

  it.each([
    [{ world: 'simulated' as const }, 'Simulated: BUY RELIANCE · 5m'],
    [{ world: 'replay' as const, isLate: true }, 'Replay: Late: BUY RELIANCE · 5m'],
    [{ isLate: true }, 'Late: BUY RELIANCE · 5m'],
    [{ world: 'simulated' as const, isTest: true }, 'Test: BUY RELIANCE · 5m'],
    [{ world: 'simulated' as const, alerts: [named('INFY'), named('TCS')] }, 'Simulated: 2 signals'],
  ])('says in front what it is not: %j', (other, title) => {
    expect(messageOf(sampleMessage(other)).title).toBe(title);
    expect(longTextOf(sampleMessage(other), 4_096).split('\n')[0]).toBe(title);
  });

  it('becomes one summary with others, naming the first', () => {
    const names = ['INFY', 'TCS', 'M&M', 'ITC', 'SBIN', 'LT', 'TITAN'];
    const alerts = [named('WIPRO', 'sell'), ...names.map((symbol) => named(symbol))];
    expect(messageOf(sampleMessage({ alerts }))).toEqual({
      title: '8 signals',
      body: 'SELL WIPRO, BUY INFY, BUY TCS, BUY M&M, BUY ITC, BUY SBIN and 2 more',
    });
    expect(messageOf(of(...names.slice(0, 6))).body).toBe('BUY INFY, BUY TCS, BUY M&M, BUY ITC, BUY SBIN, BUY LT');
  });
});

describe('a long text', () => {
  it('of one alert is title and body', () => {
    expect(longTextOf(sampleMessage(), 4_096)).toBe(
      'BUY RELIANCE · 5m\nEMA cross: EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45',
    );
  });

  it('of several has a line for each', () => {
    expect(longTextOf(of('INFY', 'TCS'), 4_096).split('\n')).toEqual([
      '2 signals',
      'BUY INFY · 5m · 1,412.30 at 10:45 · EMA cross: EMA 9 crossed above EMA 21, RSI 58.3',
      'BUY TCS · 5m · 1,412.30 at 10:45 · EMA cross: EMA 9 crossed above EMA 21, RSI 58.3',
    ]);
  });

  it.each([4_096, 300, 150, 40])('counts what does not fit into %i characters', (most) => {
    const message = of(...Array.from({ length: 100 }, (_, index) => `STOCK${index}`));
    const text = longTextOf(message, most);
    expect(text.length).toBeLessThanOrEqual(most);
    const lines = text.split('\n');
    expect(lines[0]).toBe('100 signals');
    if (most >= 150) expect(lines.at(-1)).toBe(`and ${100 - (lines.length - 2)} more`);
  });
});
