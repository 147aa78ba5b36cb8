import { describe, expect, it } from 'vitest';
import { snakeName } from '../../../src/main/brokers/tinvest/member.ts';
import { readFrame } from '../../../src/main/brokers/tinvest/read-frame.ts';
import { ackTrades, book, candle, EVERY_FRAME, lastPrice, ping, SBER, status, trade } from './worked-examples.ts';

const at = (text: string): number => Date.parse(text);

describe('frames of the stream', () => {
  it('a trade: lots, side, and time cut to the millisecond', () => {
    expect(readFrame(trade())).toEqual({
      kind: 'trade',
      trade: {
        ...SBER,
        price: 250.07,
        quantity: 3,
        side: 'buy',
        time: at('2026-11-20T10:00:00.123Z'),
        isDealer: false,
      },
    });
  });

  it.each([
    ['TRADE_DIRECTION_SELL', 'sell'],
    ['TRADE_DIRECTION_UNSPECIFIED', undefined],
    ['BUY_SELL', undefined],
    [undefined, undefined],
  ])('a trade in direction %s', (direction, side) => {
    expect(readFrame(trade({ direction }))).toMatchObject({ trade: { side } });
  });

  it('a book: the best first, however it comes, in lots', () => {
    expect(readFrame(book())).toMatchObject({
      kind: 'book',
      book: {
        depth: 10,
        isConsistent: true,
        limitUp: 280,
        limitDown: 220,
        bids: [
          { price: 250.02, quantity: 4 },
          { price: 250.01, quantity: 7 },
        ],
        asks: [{ price: 250.05, quantity: 9 }],
      },
    });
    expect(readFrame(book({ isConsistent: undefined })), 'absent is false').toMatchObject({
      book: { isConsistent: false },
    });
  });

  it('a candle, a last price, a status, a ping', () => {
    expect(readFrame(candle())).toMatchObject({
      kind: 'candle',
      candle: { open: 250, high: 251, low: 249.5, close: 250.5, volume: 100, openTime: at('2026-11-20T10:00:00Z') },
    });
    expect(readFrame(lastPrice())).toMatchObject({ kind: 'lastPrice', lastPrice: { price: 250.07 } });
    expect(readFrame(status())).toMatchObject({ kind: 'status', status: { state: 'open' } });
    expect(readFrame(ping)).toEqual({ kind: 'ping', time: at('2026-11-20T10:00:00.5Z'), answers: undefined });
  });

  it.each([
    ['SESSION_OPEN', 'open'],
    ['DEALER_NORMAL_TRADING', 'open'],
    ['CLOSING_AUCTION', 'auction'],
    ['DISCRETE_AUCTION', 'auction'],
    ['BREAK_IN_TRADING', 'break'],
    ['SESSION_ASSIGNED', 'break'],
    ['SESSION_CLOSE', 'closed'],
    ['NOT_AVAILABLE_FOR_TRADING', 'closed'],
    ['UNSPECIFIED', 'unknown'],
    ['SOMETHING_NEW', 'unknown'],
    ['constructor', 'unknown'],
  ])('status %s is %s', (word, state) => {
    expect(readFrame(status({ tradingStatus: `SECURITY_TRADING_STATUS_${word}` }))).toMatchObject({
      status: { state },
    });
  });

  it('acknowledgements, an item at a time', () => {
    const items = [{ subscriptionStatus: 'SUBSCRIPTION_STATUS_SUCCESS' }, 5, {}];
    const text = JSON.stringify({ subscribeOrderBookResponse: { trackingId: 'x', orderBookSubscriptions: items } });
    expect(readFrame(text)).toMatchObject({
      kind: 'ack',
      channel: 'orderbook',
      unreadable: 1,
      items: [{ status: 'SUBSCRIPTION_STATUS_SUCCESS' }, { status: '', uid: '', depth: undefined }],
    });
    expect(readFrame(ackTrades({ subscriptionAction: 'SUBSCRIPTION_ACTION_UNSUBSCRIBE' }))).toMatchObject({
      items: [{ ...SBER, action: 'unsubscribe' }],
    });
  });

  it('failures, bare or wrapped', () => {
    expect(readFrame('{"code":16,"message":"no","details":[]}')).toMatchObject({ kind: 'error', code: 16 });
    expect(readFrame('{"error":{"code":8,"message":"slow","description":"80002"}}')).toEqual({
      kind: 'error',
      code: 8,
      message: 'slow',
      description: '80002',
    });
  });

  it('in the spelling of the proto files too', () => {
    const snaked = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(snaked);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [snakeName(name), snaked(each)]));
    };
    for (const text of EVERY_FRAME)
      expect(readFrame(JSON.stringify(snaked(JSON.parse(text)))), text).toEqual(readFrame(text));
  });

  it.each([
    ['a price of 0', trade({ price: { units: '0', nano: 0 } }), 'bad-price'],
    ['no price', lastPrice({ price: undefined }), 'bad-price'],
    ['a negative price', trade({ price: { units: '-5' } }), 'bad-price'],
    ['a price beyond reason', trade({ price: { units: '9223372036854775807' } }), 'bad-price'],
    ['a price of text', trade({ price: '250.07' }), 'bad-price'],
    ['no quantity', trade({ quantity: undefined }), 'bad-quantity'],
    ['a quantity beyond counting', trade({ quantity: '9223372036854775807' }), 'bad-quantity'],
    ['no time', trade({ time: undefined }), 'bad-time'],
    ['the beginning of time', trade({ time: '1970-01-01T00:00:00Z' }), 'bad-time'],
    ['a time that is none', status({ time: 'yesterday' }), 'bad-time'],
    ['an interval of the other calls', candle({ interval: 'CANDLE_INTERVAL_1_MIN' }), 'bad-interval'],
    ['a high below the close', candle({ high: { units: '250', nano: 0 } }), 'bad-price'],
    ['a low above the open', candle({ low: { units: '250', nano: 100_000_000 } }), 'bad-price'],
    ['a negative volume', candle({ volume: '-1' }), 'bad-quantity'],
    ['bids that are no list', book({ bids: {} }), 'bad-book'],
    ['a level without a price', book({ asks: [{ quantity: '5' }] }), 'bad-book'],
    ['half a depth', book({ depth: 1.5 }), 'bad-book'],
    ['a kind nobody knows', '{"surprise":{}}', 'unknown-kind'],
    ['an inherited name', '{"toString":{}}', 'unknown-kind'],
    ['two kinds', '{"ping":{},"trade":{}}', 'ambiguous-frame'],
    ['nothing', '{}', 'empty-frame'],
    ['a kind that is no object', '{"trade":[]}', 'unreadable-frame'],
    ['acknowledgements that are no list', '{"subscribeTradesResponse":{"tradeSubscriptions":5}}', 'unreadable-frame'],
    ['a web page', '<html>', 'unreadable-text'],
    ['a number', '5', 'unreadable-text'],
    ['null', 'null', 'unreadable-text'],
  ])('refuses %s', (_case, text, reject) => {
    expect(readFrame(text)).toMatchObject({ reject });
  });

  it('passes over members that are null, as some servers write absent kinds', () => {
    expect(readFrame('{"trade":null,"ping":{"time":"2026-11-20T10:00:00Z"}}')).toMatchObject({ kind: 'ping' });
  });
});
