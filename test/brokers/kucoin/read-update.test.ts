import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../src/main/brokers/kucoin/read-frame.ts';
import { readUpdate } from '../../../src/main/brokers/kucoin/read-update.ts';

const read = (
  topic: string,
  data: unknown,
  subject = 'x',
  text = JSON.stringify({ topic, type: 'message', subject, data }),
) => {
  const frame = readFrame(text);
  return 'type' in frame && frame.type === 'message' ? readUpdate(frame) : frame;
};
const CANDLE = '/market/candles:BTC-USDT_1hour';
const ROW = ['1729839600', '67644.9', '67437.6', '67724.8', '67243.8', '44.88321441', '3027558.991928447'];
const TRADE = {
  symbol: 'BTC-USDT',
  side: 'buy',
  price: '67523',
  size: '0.003',
  tradeId: '11',
  time: '1729843222921000000',
};
const BOOK = { asks: [['101', '1']], bids: [['100', '2']], timestamp: 1_729_822_226_746 };

describe('market data of KuCoin', () => {
  it('has candles in the order open, close, high, low', () => {
    expect(read(CANDLE, { symbol: 'BTC-USDT', candles: ROW, time: 1_729_842_192_785 })).toMatchObject({
      kind: 'candle',
      symbol: 'BTC-USDT',
      openTime: 1_729_839_600_000,
      open: 67_644.9,
      high: 67_724.8,
      low: 67_243.8,
      close: 67_437.6,
      volume: 44.88321441,
      turnover: 3_027_558.991928447,
    });
  });

  it.each([
    ['1729842192785164840', 1_729_842_192_785],
    // As a number it is read as 1700000100249999872.
    ['1700000100250000000', 1_700_000_100_250],
  ])('stamps candles in nanoseconds that no number holds: %s', (time, expected) => {
    const text = `{"topic":"${CANDLE}","type":"message","subject":"trade.candles.add","data":{"candles":${JSON.stringify(ROW)}, "time": ${time}}}`;
    expect(read('', {}, '', text)).toMatchObject({ eventTime: expected });
  });

  it('has trades with a stamp in text', () => {
    expect(read('/market/match:BTC-USDT', TRADE)).toEqual({
      kind: 'trade',
      symbol: 'BTC-USDT',
      tradeId: '11',
      price: 67_523,
      size: 0.003,
      side: 'buy',
      time: 1_729_843_222_921,
      timeNs: '1729843222921000000',
    });
  });

  it('has prices as small as they come', () => {
    expect(read('/market/match:BTC-USDT', { ...TRADE, price: '0.000001094' })).toMatchObject({ price: 0.000001094 });
  });

  it('tells a trade by its sequence where it has no id', () => {
    expect(read('/market/match:BTC-USDT', { ...TRADE, tradeId: undefined, sequence: '7' })).toMatchObject({
      tradeId: '7',
    });
  });

  it('has tickers, of which one official example writes Time', () => {
    const data = { bestAsk: '0.9052', bestBid: '0.9027', price: '0.909', sequence: '5', Time: 1_660_608_019_966 };
    expect(read('/market/ticker:APE3S-USDT', data)).toMatchObject({
      symbol: 'APE3S-USDT',
      bid: 0.9027,
      ask: 0.9052,
      last: 0.909,
      time: 1_660_608_019_966,
    });
    expect(read('/market/ticker:all', data, 'BTC-USDT')).toMatchObject({ symbol: 'BTC-USDT' });
  });

  it('has books in any order, and one pair a side at level 1', () => {
    const asks = [
      ['3', '1'],
      ['2', '1'],
    ];
    const bids = [
      ['0.5', '1'],
      ['1', '0'],
      ['1.5', '2'],
    ];
    expect(read('/spotMarket/level2Depth5:BTC-USDT', { ...BOOK, asks, bids })).toMatchObject({
      sides: { asks: [{ price: 2 }, { price: 3 }], bids: [{ price: 1.5 }, { price: 0.5 }] },
    });
    expect(read('/spotMarket/level1:BTC-USDT', { ...BOOK, asks: ['101', '1'], bids: ['100', '2'] })).toMatchObject({
      depth: 1,
      sides: { asks: [{ price: 101, quantity: 1 }], bids: [{ price: 100, quantity: 2 }] },
    });
    expect(read('/spotMarket/level2Depth5:BTC-USDT', { ...BOOK, asks: [], bids: [] })).toMatchObject({
      sides: { asks: [], bids: [] },
    });
  });

  it.each([
    ['a candle of a length nobody knows', '/market/candles:BTC-USDT_7min', { candles: ROW }, 'unknown-interval'],
    ['a candle without a list', CANDLE, { candles: {} }, 'bad-candle'],
    ['a candle that is too short', CANDLE, { candles: ROW.slice(0, 6) }, 'bad-candle'],
    ['a high below the close', CANDLE, { candles: [...ROW.slice(0, 3), '67000', ...ROW.slice(4)] }, 'bad-candle'],
    ['a price that is no number', CANDLE, { candles: ['1729839600', 'NaN', ...ROW.slice(2)] }, 'bad-candle'],
    ['a price beyond all numbers', CANDLE, { candles: ['1729839600', '1e999', ...ROW.slice(2)] }, 'bad-candle'],
    ['a candle of another instrument', CANDLE, { symbol: 'ETH-USDT', candles: ROW }, 'contradiction'],
    ['a negative price', '/market/match:BTC-USDT', { ...TRADE, price: '-1' }, 'bad-price'],
    ['a trade of nothing', '/market/match:BTC-USDT', { ...TRADE, size: '0' }, 'bad-trade'],
    ['a side nobody knows', '/market/match:BTC-USDT', { ...TRADE, side: 'both' }, 'bad-trade'],
    ['a stamp in milliseconds', '/market/match:BTC-USDT', { ...TRADE, time: '1729843222921' }, 'bad-time'],
    ['no data', '/market/ticker:BTC-USDT', null, 'bad-quote'],
    ['a book with a level of one value', '/spotMarket/level2Depth5:BTC-USDT', { ...BOOK, bids: [['1']] }, 'bad-book'],
    [
      'a book of six levels',
      '/spotMarket/level2Depth5:BTC-USDT',
      { ...BOOK, bids: Array.from({ length: 6 }, () => ['1', '1']) },
      'bad-book',
    ],
    ['a book without a time', '/spotMarket/level2Depth5:BTC-USDT', { ...BOOK, timestamp: 0 }, 'bad-time'],
    ['a topic without a colon', '/market/match', TRADE, 'unknown-topic'],
    ['a topic of another market', '/contractMarket/ticker:XBTUSDM', {}, 'unknown-topic'],
  ])('is refused with %s', (_case, topic, data, reject) => {
    expect(read(topic, data)).toMatchObject({ reject });
  });
});

describe('frames of KuCoin', () => {
  it.each([
    ['{"id":"hQvf8jkno","type":"welcome"}', { type: 'welcome', id: 'hQvf8jkno' }],
    ['{"id":1545910590801,"type":"pong"}', { type: 'pong', id: '1545910590801' }],
    ['{"type":"error","code":"404","data":"x"}', { type: 'error', id: undefined, code: 404, text: 'x' }],
    ['{"type":"error"}', { type: 'error', id: undefined, code: Number.NaN, text: '' }],
    ['{"type":"notice"}', { type: 'other', name: 'notice' }],
    ['', { reject: 'unreadable' }],
    ['null', { reject: 'unreadable' }],
    ['{"type":3}', { reject: 'unreadable' }],
    ['{"type":"message","subject":"x"}', { reject: 'unreadable' }],
  ])('reads %s', (text, expected) => {
    expect(readFrame(text)).toMatchObject(expected);
  });
});
