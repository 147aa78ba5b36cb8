import { isRecord } from '../../../core/is-record.ts';
import type { PacketReject } from '../packet-reject.ts';
import { readBook } from './read-book.ts';
import { readCandle } from './read-candle.ts';
import type { ServerFrame } from './read-frame.ts';
import { readNanoseconds, readNumber, readPrice, readText, readTime } from './read-values.ts';
import { splitTopic } from './topics.ts';
import type { QuoteUpdate, TradeUpdate, Update } from './update.ts';
import { TOPIC } from './wire.ts';

type Message = Extract<ServerFrame, { readonly type: 'message' }>;

/** Market data out of a message. Never throws; what makes no sense is a reject with its reason. */
export function readUpdate({ topic, subject, data }: Message): Update | PacketReject {
  const parts = splitTopic(topic);
  if (parts === undefined) return { reject: 'unknown-topic', detail: topic };
  switch (parts.purpose) {
    case TOPIC.candles:
      return readCandle(parts.subject, data);
    case TOPIC.trades:
      return readTrade(parts.subject, data);
    case TOPIC.ticker:
      // Of all tickers together the symbol is in the subject.
      return readQuote(parts.subject === 'all' ? subject : parts.subject, data);
    case TOPIC.level1:
      return readBook(parts.subject, 1, data);
    case TOPIC.depth5:
      return readBook(parts.subject, 5, data);
    case TOPIC.depth50:
      return readBook(parts.subject, 50, data);
    default:
      return { reject: 'unknown-topic', detail: topic };
  }
}

function readTrade(subject: string, data: unknown): TradeUpdate | PacketReject {
  if (!isRecord(data)) return { reject: 'bad-trade', detail: subject };
  const symbol = readText(data['symbol']) ?? subject;
  if (symbol !== subject && !subject.split(',').includes(symbol))
    return { reject: 'contradiction', detail: `${subject} about another instrument` };
  const { side } = data;
  const price = readPrice(data['price']);
  const size = readPrice(data['size']);
  const time = readNanoseconds(data['time']);
  const tradeId = readText(data['tradeId']) ?? readText(data['sequence']);
  if (price === undefined) return { reject: 'bad-price', detail: symbol };
  if (time === undefined) return { reject: 'bad-time', detail: symbol };
  if (size === undefined || tradeId === undefined || (side !== 'buy' && side !== 'sell'))
    return { reject: 'bad-trade', detail: symbol };
  return { kind: 'trade', symbol, tradeId, price, size, side, time, timeNs: String(data['time']) };
}

/** A ticker of the stream, or the best level as REST tells it: both have the same fields. */
export function readQuote(symbol: string, data: unknown): QuoteUpdate | PacketReject {
  if (symbol === '' || !isRecord(data)) return { reject: 'bad-quote', detail: symbol };
  const last = readPrice(data['price']);
  if (last === undefined) return { reject: 'bad-price', detail: symbol };
  return {
    kind: 'quote',
    symbol,
    bid: readPrice(data['bestBid']),
    bidSize: readNumber(data['bestBidSize']),
    ask: readPrice(data['bestAsk']),
    askSize: readNumber(data['bestAskSize']),
    last,
    lastSize: readNumber(data['size']),
    // One of the official examples has a capital T.
    time: readTime(readNumber(data['time'] ?? data['Time'])),
    sequence: readText(data['sequence']) ?? '',
  };
}
