import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { readOrder } from '../../../src/main/brokers/kite/order-message.ts';
import { createOrderNews } from '../../../src/main/brokers/kite/order-news.ts';

const RECORDED = '../shared/fixtures/kite';
const SBIN = 'NSE:SBIN' as InstrumentKey;
const keys = new Map([[779_521, SBIN]]);
const now = Date.parse('2026-11-20T12:00:00+05:30') as EpochMs;

/** As the documents show it, made up. */
const ORDER = {
  user_id: 'XX0000',
  checksum: 'not-looked-at',
  order_id: '1234567890123456789',
  exchange_order_id: '1100000000000001',
  status: 'COMPLETE',
  status_message: null,
  order_timestamp: '2026-11-20 09:24:24',
  exchange_update_timestamp: '2026-11-20 09:24:25',
  exchange: 'NSE',
  tradingsymbol: 'SBIN',
  instrument_token: 779_521,
  transaction_type: 'BUY',
  quantity: 10,
  filled_quantity: 10,
  average_price: 470.35,
};
const read = (changes: Readonly<Record<string, unknown>> = {}) => readOrder({ ...ORDER, ...changes }, keys, now);

describe('an order of Kite', () => {
  it('is told in our words, its long id kept whole', () => {
    expect(read()).toEqual({
      id: '1234567890123456789',
      instrument: SBIN,
      symbol: 'SBIN',
      side: 'buy',
      quantity: 10,
      filledQuantity: 10,
      averagePrice: 470.35,
      state: 'filled',
      message: undefined,
      time: Date.parse('2026-11-20T09:24:25+05:30'),
    });
  });

  it.each([
    ['COMPLETE', 'filled'],
    ['REJECTED', 'rejected'],
    ['CANCELLED', 'cancelled'],
    ['OPEN', 'open'],
    ['TRIGGER PENDING', 'open'],
    ['AMO REQ RECEIVED', 'open'],
    ['MODIFIED', 'open'],
    ['UPDATE', 'open'],
    ['PUT ORDER REQ RECEIVED', 'in-flight'],
    ['VALIDATION PENDING', 'in-flight'],
    ['OPEN PENDING', 'in-flight'],
    ['MODIFY PENDING', 'in-flight'],
    ['CANCEL PENDING', 'in-flight'],
    ['A STATUS OF NEXT YEAR', 'in-flight'],
    ['', 'in-flight'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ status })?.state).toBe(state);
  });

  it('says why it was rejected', () => {
    expect(read({ status: 'REJECTED', status_message: ' Insufficient funds. ' })?.message).toBe('Insufficient funds.');
  });

  it('has no average price before its first fill', () => {
    expect(read({ filled_quantity: 0, average_price: 0 })).toMatchObject({
      filledQuantity: 0,
      averagePrice: undefined,
    });
    expect(read({ filled_quantity: 0, average_price: 5 })?.averagePrice).toBeUndefined();
    expect(read({ filled_quantity: null, average_price: null })).toMatchObject({ filledQuantity: 0 });
  });

  it('may be of an instrument nobody watches', () => {
    expect(read({ instrument_token: 1, tradingsymbol: 'NIFTY26NOVFUT', transaction_type: 'SELL' })).toMatchObject({
      instrument: undefined,
      symbol: 'NIFTY26NOVFUT',
      side: 'sell',
    });
  });

  it.each([
    ['the exchange’s', {}, '2026-11-20T09:24:25+05:30'],
    ['Kite’s', { exchange_update_timestamp: null }, '2026-11-20T09:24:24+05:30'],
    ['of arrival', { exchange_update_timestamp: 'soon', order_timestamp: 7 }, '2026-11-20T12:00:00+05:30'],
  ])('has a time: %s', (_case, changes, time) => {
    expect(read(changes)?.time).toBe(Date.parse(time));
  });

  it.each([
    ['no id', { order_id: null }],
    ['an id that lost its end', { order_id: Number('1234567890123456789') }],
    ['an id with markup', { order_id: '<b>1</b>' }],
    ['no side', { transaction_type: 'HOLD' }],
    ['a side every object has', { transaction_type: 'constructor' }],
    ['no quantity', { quantity: '10' }],
    ['a quantity below zero', { quantity: -1 }],
    ['no symbol', { tradingsymbol: '' }],
    ['no status', { status: 7 }],
  ])('is none with %s', (_case, changes) => {
    expect(read(changes)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(ORDER)), fc.anything()), (data, part) => {
        readOrder(data, keys, now);
        const order = readOrder({ ...ORDER, ...part }, keys, now);
        if (order !== undefined) expect(order.symbol.length + (order.message?.length ?? 0)).toBeLessThanOrEqual(400);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe.skipIf(!existsSync(RECORDED))('recorded orders (absent without ../shared/fixtures/kite)', () => {
  const dataOf = (name: string): unknown => JSON.parse(readFileSync(`${RECORDED}/${name}`, 'utf8'));

  it('are read as the documents say', () => {
    expect(readOrder(dataOf('postback.json'), keys, now)).toMatchObject({
      id: '220303000308932',
      instrument: SBIN,
      side: 'buy',
      state: 'filled',
      averagePrice: 470,
      time: Date.parse('2022-03-03T09:24:25+05:30'),
    });
    const { data } = dataOf('orders.json') as { readonly data: readonly unknown[] };
    const states = data.map((order) => readOrder(order, keys, now)?.state);
    expect(states.length).toBeGreaterThan(5);
    expect(new Set(states)).toEqual(new Set(['cancelled', 'filled', 'rejected']));
  });
});

describe('news of orders', () => {
  const judged = (judge: ReturnType<typeof createOrderNews>, changes: Readonly<Record<string, unknown>>) => {
    const data = { ...ORDER, status: 'OPEN', filled_quantity: 0, ...changes };
    const order = readOrder(data, keys, now);
    return order && judge(order, JSON.stringify(data));
  };

  it('are told once, whichever sockets bring them and however late', () => {
    const judge = createOrderNews();
    const states = [{}, { filled_quantity: 4 }, { order_id: '2' }, { status: 'COMPLETE', filled_quantity: 10 }];
    expect(states.map((changes) => judged(judge, changes))).toEqual(['news', 'news', 'news', 'news']);
    for (const changes of states) expect(judged(judge, changes)).toBe('repeated');
  });

  it('may come back to a state they had', () => {
    const judge = createOrderNews();
    expect(judged(judge, { guid: 'a' })).toBe('news');
    expect(judged(judge, { status: 'MODIFY PENDING' })).toBe('news');
    expect(judged(judge, { guid: 'b' })).toBe('news');
  });

  it('do not go back behind an end, or behind a fill', () => {
    const judge = createOrderNews();
    expect(judged(judge, { filled_quantity: 4 })).toBe('news');
    expect(judged(judge, { filled_quantity: 2 }), 'overtaken on the way').toBe('overtaken');
    expect(judged(judge, { status: 'COMPLETE', filled_quantity: 10 })).toBe('news');
    expect(judged(judge, { status: 'OPEN', filled_quantity: 10 })).toBe('overtaken');
    expect(judged(judge, { status: 'CANCELLED', filled_quantity: 10 }), 'an end may be corrected').toBe('news');
  });

  it('are remembered for so many orders, and no more', () => {
    const judge = createOrderNews();
    for (let id = 0; id < 6_000; id += 1) expect(judged(judge, { order_id: `o${id}` })).toBe('news');
    expect(judged(judge, { order_id: 'o5999' })).toBe('repeated');
    expect(judged(judge, { order_id: 'o0' }), 'long forgotten').toBe('news');
  });
});
