import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { parseOrderMessage } from '../../../src/main/brokers/fyers/order-messages.ts';
import { fromOrderTime } from '../../../src/main/brokers/fyers/order-time.ts';

const receivedAt = 1_795_000_000_000 as EpochMs;
const parse = (text: string) =>
  parseOrderMessage(
    text,
    (ticker) => (ticker === 'NSE:SBIN-EQ' ? ('NSE:SBIN' as InstrumentKey) : undefined),
    receivedAt,
  );
const ORDER = {
  id: '808058117761',
  symbol: 'NSE:SBIN-EQ',
  qty: 10,
  qty_filled: 10,
  price_traded: 606.4,
  tran_side: 1,
  ord_status: 90,
  org_ord_status: 2,
  oms_msg: '',
  time_oms: '09-Mar-2023 09:34:38',
};
const order = (changes: Readonly<Record<string, unknown>> = {}) =>
  parse(JSON.stringify({ s: 'ok', orders: { ...ORDER, ...changes } }));

describe('messages of the order socket', () => {
  it('tell of an order', () => {
    expect(order()).toEqual({
      type: 'order',
      update: {
        id: '808058117761',
        instrument: 'NSE:SBIN',
        symbol: 'NSE:SBIN-EQ',
        side: 'buy',
        quantity: 10,
        filledQuantity: 10,
        averagePrice: 606.4,
        state: 'filled',
        message: undefined,
        time: Date.parse('2023-03-09T09:34:38+05:30'),
      },
    });
  });

  it.each([
    [1, 0, 'cancelled'],
    [2, 0, 'filled'],
    [4, 0, 'in-flight'],
    [5, 0, 'rejected'],
    [6, 0, 'open'],
    [7, 0, 'cancelled'],
    [undefined, 20, 'in-flight'],
    [undefined, 52, 'open'],
    [undefined, 90, 'filled'],
    [undefined, 91, 'cancelled'],
    [undefined, 73, 'cancelled'],
    [undefined, 93, 'rejected'],
    [undefined, 12_345, 'in-flight'],
    [99, 93, 'rejected'],
  ])('read the state %s / %s as %s', (publicStatus, internal, state) => {
    expect(order({ org_ord_status: publicStatus, ord_status: internal })).toMatchObject({ update: { state } });
  });

  it('know no price before the first fill, and no instrument that is not watched', () => {
    expect(
      order({ qty_filled: 0, price_traded: 0, symbol: 'NSE:OTHER-EQ', tran_side: -1, time_oms: null }),
    ).toMatchObject({
      update: {
        averagePrice: undefined,
        instrument: undefined,
        symbol: 'NSE:OTHER-EQ',
        side: 'sell',
        time: receivedAt,
      },
    });
  });

  it.each([
    ['pong', { type: 'pong' }],
    ['{"code":1605,"message":"Successfully subscribed","s":"ok"}', { type: 'answer', ok: true, code: 1605 }],
    ['{"code":-99,"s":"error"}', { type: 'answer', ok: false }],
    ['{"s":"ok","trades":{}}', { type: 'other' }],
    ['{"s":"ok","orders":{"id":1}}', { type: 'reject', reject: 'unreadable-order' }],
    ['{"s":"ok","orders":null}', { type: 'reject', reject: 'unreadable-order' }],
    ['[', { type: 'reject', reject: 'unreadable-text' }],
    ['null', { type: 'reject', reject: 'unreadable-text' }],
    ['', { type: 'reject', reject: 'unreadable-text' }],
  ])('%s', (text, message) => {
    expect(parse(text)).toMatchObject(message);
  });

  it('cut off anywhere are refused or are something else, and never throw', () => {
    const text = JSON.stringify({ s: 'ok', orders: ORDER });
    for (let length = 0; length < text.length; length += 1)
      expect(parse(text.slice(0, length)), `cut at ${length}`).toMatchObject({ type: 'reject' });
  });
});

describe('times of orders', () => {
  it('are the clock in India, or epoch seconds', () => {
    expect(fromOrderTime('20-Nov-2026 12:00:00')).toBe(Date.parse('2026-11-20T12:00:00+05:30'));
    expect(fromOrderTime(1_690_953_622)).toBe(1_690_953_622_000);
    expect(fromOrderTime('1690953622')).toBe(1_690_953_622_000);
  });

  it.each([undefined, null, '', 0, -1, 'yesterday', '99-Foo-2026 12:00:00', Number.NaN])(
    'are not found in %j',
    (value) => {
      expect(fromOrderTime(value)).toBeUndefined();
    },
  );
});
