/** Market data as the fake KuCoin pushes it, in the shapes of its documents. */

const NS_PER_MS = '000000';

export interface FakeTrade {
  readonly symbol: string;
  readonly price: string;
  readonly size: string;
  readonly side: 'buy' | 'sell';
  readonly tradeId: string;
  /** Milliseconds. */
  readonly time: number;
}

export interface FakeQuote {
  readonly symbol: string;
  readonly price: string;
  readonly bestBid: string;
  readonly bestAsk: string;
  readonly time: number;
  readonly sequence: string;
}

export type FakePair = readonly [price: string, size: string];

export interface FakeBook {
  readonly symbol: string;
  readonly bids: readonly FakePair[];
  readonly asks: readonly FakePair[];
  readonly timestamp: number;
}

/** `[start in seconds, open, close, high, low, volume, turnover]` */
export type FakeRow = readonly [string, string, string, string, string, string, string];

/** A message and the topic whose subscribers get it. */
export interface FakePush {
  readonly topic: string;
  readonly text: string;
}

export function tradePush({ symbol, price, size, side, tradeId, time }: FakeTrade): FakePush {
  return push(`/market/match:${symbol}`, 'trade.l3match', {
    makerOrderId: '671b5007389355000701b1d3',
    price,
    sequence: tradeId,
    side,
    size,
    symbol,
    takerOrderId: '671b50161777ff00074c168d',
    time: `${time}${NS_PER_MS}`,
    tradeId,
    type: 'match',
  });
}

export function quotePush({ symbol, ...quote }: FakeQuote): FakePush {
  return push(`/market/ticker:${symbol}`, 'trade.ticker', {
    bestAskSize: '1.5',
    bestBidSize: '2.5',
    size: '0.1',
    ...quote,
  });
}

export function bookPush({ symbol, ...book }: FakeBook): FakePush {
  return push(`/spotMarket/level2Depth5:${symbol}`, 'level2', book);
}

/** `time` in ms; it goes out in ns as a bare number, all of whose digits are there. */
export function candlePush(symbol: string, type: string, candles: FakeRow, time: number, isNew = false): FakePush {
  const topic = `/market/candles:${symbol}_${type}`;
  const subject = isNew ? 'trade.candles.add' : 'trade.candles.update';
  const text = `{"topic":"${topic}","type":"message","subject":"${subject}","data":{"symbol":"${symbol}","candles":${JSON.stringify(candles)},"time":${time}${NS_PER_MS}}}`;
  return { topic, text };
}

function push(topic: string, subject: string, data: object): FakePush {
  return { topic, text: JSON.stringify({ topic, type: 'message', subject, data }) };
}
