import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { messageOf, summaryOf } from '../../src/main/alerts/alert-text.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const named = (symbol: string, side: 'buy' | 'sell' = 'buy') =>
  sampleAlert({ instrument: `NSE:${symbol}` as InstrumentKey, side });

describe('an alert in words', () => {
  it('says what, why, at what price and when, in the units of the market', () => {
    expect(messageOf(sampleAlert())).toEqual({
      title: 'BUY RELIANCE · 5m',
      body: 'EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45',
    });
  });

  it('groups digits as India does and keeps the fourth decimal of a currency', () => {
    expect(messageOf(sampleAlert({ price: 123_456.05 })).body).toContain('1,23,456.05');
    expect(messageOf(sampleAlert({ price: 84.2575 })).body).toContain('84.2575');
  });

  it('becomes one summary with others, naming the first', () => {
    const names = ['INFY', 'TCS', 'M&M', 'ITC', 'SBIN', 'LT', 'TITAN'].map((symbol) => named(symbol));
    expect(summaryOf([named('WIPRO', 'sell'), ...names])).toEqual({
      title: '8 signals',
      body: 'SELL WIPRO, BUY INFY, BUY TCS, BUY M&M, BUY ITC, BUY SBIN and 2 more',
    });
    expect(summaryOf(names.slice(0, 6)).body).toBe('BUY INFY, BUY TCS, BUY M&M, BUY ITC, BUY SBIN, BUY LT');
  });
});
