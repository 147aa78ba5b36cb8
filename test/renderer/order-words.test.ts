import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { OrderUpdate } from '../../src/core/order-update.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { orderWords } from '../../src/renderer/src/live/order-words.ts';

const filled: OrderUpdate = {
  id: '1',
  instrument: 'NSE:RELIANCE' as InstrumentKey,
  symbol: 'RELIANCE-EQ',
  side: 'buy',
  quantity: 10,
  filledQuantity: 10,
  averagePrice: 1_412,
  state: 'filled',
  message: undefined,
  time: 0 as EpochMs,
};
const open = { ...filled, state: 'open', filledQuantity: 0, averagePrice: undefined } as const;

describe('the words of an order', () => {
  it.each([
    [filled, 'RELIANCE BUY 10 filled at 1,412.00'],
    [open, 'RELIANCE BUY 10 waits in the market'],
    [
      { ...open, filledQuantity: 4, averagePrice: 1_411.5 },
      'RELIANCE BUY 10 waits in the market, 4 of it filled at 1,411.50',
    ],
    [{ ...open, state: 'cancelled' }, 'RELIANCE BUY 10 cancelled'],
    [
      { ...open, state: 'rejected', side: 'sell', message: 'Not enough margin.' },
      'RELIANCE SELL 10 rejected: Not enough margin.',
    ],
    [{ ...filled, instrument: undefined, averagePrice: undefined }, 'RELIANCE-EQ BUY 10 filled'],
  ] as const)('say what became of it', (order, words) => {
    expect(orderWords(order)).toBe(words);
  });

  it('are none while it only travels', () => {
    expect(orderWords({ ...open, state: 'in-flight' })).toBeUndefined();
  });

  it('count coins as coins', () => {
    const style = priceStyleOf({ segment: '24x7', priceDecimals: 1 });
    const coins = { ...filled, instrument: 'KUCOIN:BTC-USDT' as InstrumentKey, quantity: 0.25, filledQuantity: 0.25 };
    expect(orderWords({ ...coins, averagePrice: 123_456.7 }, style)).toBe('BTC-USDT BUY 0.2500 filled at 123,456.7');
  });
});
