import type { CandleCloser, JudgedCandle } from './candle-closer.ts';
import type {
  AckItem,
  Channel,
  StreamMessage,
  VenueBook,
  VenueCandle,
  VenueLastPrice,
  VenueTrade,
} from './messages.ts';
import type { SecondBar } from './seconds.ts';

const BROKER = 'tinvest';

/** A message of the stream as records for a person or a script. Candles that close by a later one come twice. */
export function recordsOf(message: StreamMessage, closer: CandleCloser): readonly object[] {
  switch (message.kind) {
    case 'candle':
      return closer.take(message.candle).map(candleRecord);
    case 'trade':
      return [tradeRecord(message.trade)];
    case 'book':
      return [bookRecord(message.book)];
    case 'lastPrice':
      return [lastPriceRecord(message.lastPrice)];
    case 'status': {
      const { uid, figi, state, raw, time } = message.status;
      return [{ kind: 'status', broker: BROKER, symbol: uid || figi, state, rawStatus: raw, time }];
    }
    case 'ack':
      return [ackRecord(message.channel, message.items)];
    case 'ping': {
      const { time, answers } = message;
      const answer = answers === undefined ? {} : { pingRequestTime: answers };
      return [{ kind: 'control', type: 'ping', time: time ?? null, ...answer }];
    }
    case 'openInterest':
      return [{ kind: 'control', type: 'open-interest' }];
    case 'error':
      return [errorRecord(message.description || String(message.code), message.message, message.code)];
  }
}

export function candleRecord({ candle, closed }: JudgedCandle): object {
  const { interval, eventTime = null, ...rest } = candle;
  return { ...barRecord(rest, interval.name, interval.seconds, closed), eventTime };
}

export function secondRecord(bar: SecondBar, names: Pick<VenueCandle, 'uid' | 'figi'>): object {
  return { ...barRecord({ ...names, ...bar }, '1s', 1, true), eventTime: null };
}

function barRecord(
  candle: SecondBar & Pick<VenueCandle, 'uid' | 'figi'>,
  interval: string,
  intervalSec: number,
  closed: boolean,
): object {
  const { uid, figi, openTime, open, high, low, close, volume } = candle;
  const prices = { openTime, open, high, low, close, volume, turnover: null, closed };
  return { kind: 'candle', broker: BROKER, symbol: uid || figi, figi: figi || null, interval, intervalSec, ...prices };
}

export function tradeRecord({ uid, figi, price, quantity, side, time }: VenueTrade): object {
  const trade = { tradeId: null, price, size: quantity, side: side ?? 'unknown', time };
  return { kind: 'trade', broker: BROKER, symbol: uid || figi, ...trade };
}

export function lastPriceRecord({ uid, figi, price, time }: VenueLastPrice): object {
  const none = { bid: null, bidSize: null, ask: null, askSize: null };
  return { kind: 'quote', broker: BROKER, symbol: uid || figi, ...none, last: price, lastSize: null, time };
}

function bookRecord(book: VenueBook): object {
  const { uid, figi, depth, time, isConsistent, limitUp = null, limitDown = null } = book;
  const [bids, asks] = [book.bids, book.asks].map((levels) => levels.map(({ price, quantity }) => [price, quantity]));
  const sides = { symbol: uid || figi, depth, bids, asks };
  return { kind: 'book', broker: BROKER, ...sides, time, consistent: isConsistent, limitUp, limitDown };
}

function ackRecord(channel: Channel, items: readonly AckItem[]): object {
  return {
    kind: 'control',
    type: 'ack',
    channel,
    items: items.map(({ uid, figi, interval, depth, status }) => ({
      symbol: uid || figi,
      figi,
      ...(interval && { interval: interval.name }),
      ...(depth !== undefined && { depth }),
      ok: status === 'SUBSCRIPTION_STATUS_SUCCESS',
      status,
    })),
  };
}

/** An error of the venue's, by its own number where it has one, and what is to be done. */
export function errorRecord(number: string, message: string, code: number | undefined, status = 0): object {
  return { kind: 'error', code: number, message, action: actionFor(number, code, status) };
}

function actionFor(number: string, code: number | undefined, status: number): string {
  if (number === '40003' || code === 16 || status === 401) return 'stop-auth';
  if (number === '40002' || code === 7 || status === 403) return 'stop-rights';
  if (/^8\d{4}$/.test(number) || code === 8 || status === 429) return 'wait';
  if (/^7\d{4}$/.test(number) || code === 13 || code === 14 || status >= 500) return 'retry';
  return 'report';
}
