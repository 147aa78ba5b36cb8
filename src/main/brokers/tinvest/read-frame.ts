import { isRecord } from '../../../core/is-record.ts';
import type { PacketReject } from '../packet-reject.ts';
import { streamInterval } from './intervals.ts';
import { camelName, listMember, member, textMember } from './member.ts';
import type { AckItem, Channel, StreamMessage } from './messages.ts';
import { readBook, readCandle, readLastPrice, readNames, readStatus, readTrade } from './read-events.ts';
import { readTime } from './timestamp.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The channel and the list of each kind of acknowledgement. Mind the plural of `candlesSubscriptions`. */
const ACKS: Readonly<Record<string, { readonly channel: Channel; readonly list: string }>> = {
  subscribeCandlesResponse: { channel: 'candles', list: 'candlesSubscriptions' },
  subscribeTradesResponse: { channel: 'trades', list: 'tradeSubscriptions' },
  subscribeOrderBookResponse: { channel: 'orderbook', list: 'orderBookSubscriptions' },
  subscribeInfoResponse: { channel: 'info', list: 'infoSubscriptions' },
  subscribeLastPriceResponse: { channel: 'lastPrice', list: 'lastPriceSubscriptions' },
};

const EVENTS: Readonly<Record<string, (fields: Fields) => StreamMessage | PacketReject>> = {
  trade: (fields) => wrap(readTrade(fields), (trade) => ({ kind: 'trade', trade })),
  lastPrice: (fields) => wrap(readLastPrice(fields), (lastPrice) => ({ kind: 'lastPrice', lastPrice })),
  orderbook: (fields) => wrap(readBook(fields), (book) => ({ kind: 'book', book })),
  candle: (fields) => wrap(readCandle(fields), (candle) => ({ kind: 'candle', candle })),
  tradingStatus: (fields) => wrap(readStatus(fields), (status) => ({ kind: 'status', status })),
  openInterest: () => ({ kind: 'openInterest' }),
  ping: (fields) => ({
    kind: 'ping',
    time: readTime(member(fields, 'time')),
    answers: readTime(member(fields, 'pingRequestTime')),
  }),
  error: readError,
};

const LONGEST_TEXT = 200;

/**
 * Reads a frame of the stream: an object whose one key names the kind. Never throws; what makes no sense is a
 * reject. Spelling of the proto files is accepted too.
 */
export function readFrame(text: string): StreamMessage | PacketReject {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { reject: 'unreadable-text', detail: `${text.length} characters` };
  }
  return readFrameValue(frame, text.length);
}

/** The same for a frame that is parsed. */
export function readFrameValue(frame: unknown, length: number): StreamMessage | PacketReject {
  if (!isRecord(frame)) return { reject: 'unreadable-text', detail: `${length} characters` };
  const kinds = Object.keys(frame).filter((kind) => frame[kind] !== null);
  // A status of gRPC may come bare: {"code":16,"message":"…","details":[]}.
  if (typeof frame['code'] === 'number') return readError(frame);
  const [kind] = kinds;
  if (kind === undefined) return { reject: 'empty-frame', detail: `${length} characters` };
  if (kinds.length > 1) return { reject: 'ambiguous-frame', detail: `${kinds.length} kinds in one frame` };
  const name = camelName(kind);
  const fields = frame[kind];
  if (!isRecord(fields)) return { reject: 'unreadable-frame', detail: shortText(name) };
  const ack = Object.hasOwn(ACKS, name) ? ACKS[name] : undefined;
  if (ack !== undefined) return readAck(fields, ack.channel, ack.list);
  const read = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  return read === undefined ? { reject: 'unknown-kind', detail: shortText(name) } : read(fields);
}

function readAck(fields: Fields, channel: Channel, list: string): StreamMessage | PacketReject {
  const rows = listMember(fields, list);
  if (rows === undefined) return { reject: 'unreadable-frame', detail: channel };
  const items: AckItem[] = [];
  for (const row of rows) {
    if (!isRecord(row)) continue;
    const depth = member(row, 'depth');
    const action = member(row, 'subscriptionAction');
    items.push({
      ...readNames(row),
      interval: streamInterval(member(row, 'interval')),
      depth: typeof depth === 'number' ? depth : undefined,
      status: textMember(row, 'subscriptionStatus').slice(0, 80),
      action:
        action === 'SUBSCRIPTION_ACTION_SUBSCRIBE'
          ? 'subscribe'
          : action === 'SUBSCRIPTION_ACTION_UNSUBSCRIBE'
            ? 'unsubscribe'
            : undefined,
    });
  }
  const trackingId = textMember(fields, 'trackingId').slice(0, 64);
  return { kind: 'ack', channel, trackingId, items, unreadable: rows.length - items.length };
}

function readError(fields: Fields): StreamMessage {
  const code = member(fields, 'code');
  const description = member(fields, 'description');
  return {
    kind: 'error',
    code: typeof code === 'number' ? code : 2,
    message: shortText(member(fields, 'message')),
    description: typeof description === 'number' || typeof description === 'string' ? shortText(description) : '',
  };
}

function wrap<Event extends object>(
  read: Event | PacketReject,
  told: (event: Event) => StreamMessage,
): StreamMessage | PacketReject {
  return 'reject' in read ? read : told(read);
}

function shortText(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
  return typeof value === 'number' ? String(value) : '';
}
