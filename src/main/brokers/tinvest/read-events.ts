import type { EpochMs } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { BookLevel } from '../../../core/order-book.ts';
import type { PacketReject } from '../packet-reject.ts';
import { streamInterval, type VenueInterval } from './intervals.ts';
import { listMember, member, textMember } from './member.ts';
import type {
  Named,
  TradingState,
  VenueBook,
  VenueCandle,
  VenueLastPrice,
  VenueStatus,
  VenueTrade,
} from './messages.ts';
import { readCount, readPrice } from './quotation.ts';
import { readTime } from './timestamp.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Nothing before this was traded electronically in Moscow: an older stamp is an absent one. */
const OLDEST = Date.UTC(1990, 0, 1);

/** A streamed candle. */
export function readCandle(fields: Fields): VenueCandle | PacketReject {
  const interval = streamInterval(member(fields, 'interval'));
  if (interval === undefined) return reject('bad-interval', fields);
  return readCandleOf(fields, interval, readNames(fields));
}

/** A candle whose instrument and interval are known from elsewhere, as in the answer to `GetCandles`. */
export function readCandleOf(fields: Fields, interval: VenueInterval, names: Named): VenueCandle | PacketReject {
  const openTime = stampOf(fields, 'time');
  if (openTime === undefined) return reject('bad-time', fields, names);
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((name) => readPrice(member(fields, name)));
  if (open === undefined || high === undefined || low === undefined || close === undefined)
    return reject('bad-price', fields, names);
  if (low > Math.min(open, close) || high < Math.max(open, close)) return reject('bad-price', fields, names);
  const volume = readCount(member(fields, 'volume'));
  if (volume === undefined) return reject('bad-quantity', fields, names);
  return { ...names, interval, openTime, open, high, low, close, volume, eventTime: stampOf(fields, 'lastTradeTs') };
}

export function readTrade(fields: Fields): VenueTrade | PacketReject {
  const names = readNames(fields);
  const price = readPrice(member(fields, 'price'));
  if (price === undefined) return reject('bad-price', fields, names);
  const quantity = readCount(member(fields, 'quantity'));
  if (quantity === undefined || quantity === 0) return reject('bad-quantity', fields, names);
  const time = stampOf(fields, 'time');
  if (time === undefined) return reject('bad-time', fields, names);
  const direction = member(fields, 'direction');
  const side = direction === 'TRADE_DIRECTION_BUY' ? 'buy' : direction === 'TRADE_DIRECTION_SELL' ? 'sell' : undefined;
  const isDealer = member(fields, 'tradeSource') === 'TRADE_SOURCE_DEALER';
  return { ...names, price, quantity, side, time, isDealer };
}

export function readBook(fields: Fields): VenueBook | PacketReject {
  const names = readNames(fields);
  const time = stampOf(fields, 'time');
  if (time === undefined) return reject('bad-time', fields, names);
  const bids = readLevels(listMember(fields, 'bids'));
  const asks = readLevels(listMember(fields, 'asks'));
  if (bids === undefined || asks === undefined) return reject('bad-book', fields, names);
  const depth = member(fields, 'depth') ?? 0;
  if (typeof depth !== 'number' || !Number.isInteger(depth) || depth < 0) return reject('bad-book', fields, names);
  return {
    ...names,
    depth,
    bids: bids.sort((a, b) => b.price - a.price),
    asks: asks.sort((a, b) => a.price - b.price),
    time,
    isConsistent: member(fields, 'isConsistent') === true,
    limitUp: readPrice(member(fields, 'limitUp')),
    limitDown: readPrice(member(fields, 'limitDown')),
    isDealer: member(fields, 'orderBookType') === 'ORDERBOOK_TYPE_DEALER',
  };
}

export function readLastPrice(fields: Fields): VenueLastPrice | PacketReject {
  const names = readNames(fields);
  const price = readPrice(member(fields, 'price'));
  if (price === undefined) return reject('bad-price', fields, names);
  const time = stampOf(fields, 'time');
  if (time === undefined) return reject('bad-time', fields, names);
  return { ...names, price, time, isDealer: member(fields, 'lastPriceType') === 'LAST_PRICE_DEALER' };
}

const STATES: Readonly<Record<string, TradingState>> = {
  NORMAL_TRADING: 'open',
  SESSION_OPEN: 'open',
  DEALER_NORMAL_TRADING: 'open',
  OPENING_PERIOD: 'auction',
  OPENING_AUCTION_PERIOD: 'auction',
  CLOSING_PERIOD: 'auction',
  CLOSING_AUCTION: 'auction',
  DISCRETE_AUCTION: 'auction',
  DARK_POOL_AUCTION: 'auction',
  TRADING_AT_CLOSING_AUCTION_PRICE: 'auction',
  BREAK_IN_TRADING: 'break',
  DEALER_BREAK_IN_TRADING: 'break',
  SESSION_ASSIGNED: 'break',
  NOT_AVAILABLE_FOR_TRADING: 'closed',
  DEALER_NOT_AVAILABLE_FOR_TRADING: 'closed',
  SESSION_CLOSE: 'closed',
};
const STATUS_PREFIX = 'SECURITY_TRADING_STATUS_';

export function readStatus(fields: Fields): VenueStatus | PacketReject {
  const names = readNames(fields);
  const time = stampOf(fields, 'time');
  if (time === undefined) return reject('bad-time', fields, names);
  const raw = textMember(fields, 'tradingStatus').slice(0, 80);
  const word = raw.startsWith(STATUS_PREFIX) ? raw.slice(STATUS_PREFIX.length) : '';
  const state = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
  return { ...names, state: state ?? 'unknown', raw, time };
}

/** Uid and FIGI as told; texts of a length that none has are taken for absent. */
export function readNames(fields: Fields): Named {
  const uid = textMember(fields, 'instrumentUid');
  const figi = textMember(fields, 'figi');
  return { uid: uid.length <= 40 ? uid : '', figi: figi.length <= 40 ? figi : '' };
}

/** Undefined unless every level is a price and a quantity. */
function readLevels(values: readonly unknown[] | undefined): BookLevel[] | undefined {
  if (values === undefined) return undefined;
  const levels: BookLevel[] = [];
  for (const value of values) {
    if (!isRecord(value)) return undefined;
    const price = readPrice(member(value, 'price'));
    const quantity = readCount(member(value, 'quantity'));
    if (price === undefined || quantity === undefined) return undefined;
    levels.push({ price, quantity, orders: undefined });
  }
  return levels;
}

function stampOf(fields: Fields, name: string): EpochMs | undefined {
  const time = readTime(member(fields, name));
  return time !== undefined && time >= OLDEST ? time : undefined;
}

/** Identifiers only: what a server sent may be of any length. */
function reject(reason: string, fields: Fields, { uid, figi }: Named = readNames(fields)): PacketReject {
  return { reject: reason, detail: uid || figi || 'no instrument' };
}
