import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { segmentOf } from '../../src/core/segment-of.ts';

const known: Instrument = {
  key: 'NSE:NIFTYBEES' as InstrumentKey,
  name: 'A fund that somebody put among the options',
  segment: 'nse-fno',
  sector: undefined,
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};

describe('the segment of a symbol', () => {
  it('is what the universe says, against every guess', () => {
    expect(segmentOf(known.key, [known])).toBe('nse-fno');
    expect(segmentOf(known.key, [])).toBe('nse-cash');
  });

  it.each([
    ['NIFTY50', 'nse-index'],
    ['NIFTY 50', 'nse-index'],
    ['NIFTY BANK', 'nse-index'],
    ['nifty50s', 'nse-index'],
    ['BANKNIFTY', 'nse-index'],
    ['INDIA VIX', 'nse-index'],
    ['MYINDEX', 'nse-index'],
    ['SENSEX', 'nse-index'],
    ['BANKEX', 'nse-index'],
    ['RELIANCE-FUT', 'nse-fno'],
    ['NIFTY26NOVFUT', 'nse-fno'],
    ['NIFTY26NOV24000CE', 'nse-fno'],
    ['RELIANCE26NOV1400PE', 'nse-fno'],
    ['BTCUSDT', '24x7'],
    ['BTCUSD', '24x7'],
    ['ETHUSDT', '24x7'],
    ['EURUSD', 'fx'],
    ['usdjpy', 'fx'],
    ['GBP/CHF', 'fx'],
    ['USDINR', 'nse-cash'],
    ['USDUSD', '24x7'],
    ['SOLUSD', '24x7'],
    ['EURUSDX', 'nse-cash'],
    ['TATAMOTORS', 'nse-cash'],
    ['RELIANCE', 'nse-cash'],
    ['SILVERBEES', 'nse-cash'],
    ['BSE', 'nse-cash'],
  ])('%s is guessed to be %s', (symbol, segment) => {
    expect(segmentOf(`NSE:${symbol}` as InstrumentKey, [])).toBe(segment);
  });

  it('is that of Moscow for what is traded there', () => {
    expect(segmentOf('MOEX:SBER' as InstrumentKey, [])).toBe('moex');
  });

  it.each(['NASDAQ:AAPL', 'NYSE:IBM', 'AMEX:SPY'])('is that of New York for %s', (key) => {
    expect(segmentOf(key as InstrumentKey, [])).toBe('us');
  });
});
