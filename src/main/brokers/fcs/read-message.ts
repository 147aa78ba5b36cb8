import type { EpochMs } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import { type FcsBar, type Fields, numberIn, priceIn, readBar, shortText, textIn, timeIn } from './read-fields.ts';
import { readSymbol } from './symbols.ts';
import { type FcsTimeframe, readTimeframe } from './timeframes.ts';

interface Priced {
  /** With its exchange. */
  readonly symbol: string;
  readonly timeframe: FcsTimeframe;
}

/** What a frame of the server says. */
export type FcsMessage =
  | { readonly kind: 'welcome' }
  /** The server wants a pong. */
  | { readonly kind: 'ping' }
  /** The server's answer to our own ping, should it give one. */
  | { readonly kind: 'pong'; readonly timestamp: number | undefined }
  | {
      readonly kind: 'joined';
      readonly symbol: string;
      readonly hasExchange: boolean;
      readonly timeframe: FcsTimeframe;
    }
  /** The server speaks about a room, or in general. */
  | { readonly kind: 'notice'; readonly success: boolean; readonly text: string; readonly room: Partial<Priced> }
  | { readonly kind: 'error'; readonly text: string }
  | ({
      readonly kind: 'profile';
      readonly session: string | undefined;
      readonly timezone: string | undefined;
      readonly updateMode: string | undefined;
    } & Priced)
  | ({ readonly kind: 'initial'; readonly bar: FcsBar } & Priced)
  | ({
      readonly kind: 'candle';
      readonly bar: FcsBar;
      readonly bid: number | undefined;
      readonly ask: number | undefined;
    } & Priced)
  | ({
      readonly kind: 'askbid';
      readonly time: EpochMs | undefined;
      /** Start of the candle it belongs to. */
      readonly openTime: EpochMs | undefined;
      readonly close: number | undefined;
      readonly bid: number | undefined;
      readonly ask: number | undefined;
    } & Priced)
  /** A type or mode nobody documented: to be counted and passed over. */
  | { readonly kind: 'unknown'; readonly name: string }
  /** What makes no sense. `reason` is a word for the counter. */
  | { readonly kind: 'reject'; readonly reason: string; readonly detail: string };

/** `BINANCE:BTCUSDT_1D_0s`; what the last part means is not documented. */
const ROOM = /^(.+)_([^_]+)_\d+s$/;

/** Reads a frame. Never throws. Fields: docs/wire-formats/fcs.md, "What the server sends". */
export function readMessage(text: string): FcsMessage {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return reject('unreadable-text', `${text.length} characters`);
  }
  if (!isRecord(frame) || typeof frame['type'] !== 'string')
    return reject('unreadable-text', 'not an object with a type');
  switch (frame['type']) {
    case 'welcome':
    case 'ping':
      return { kind: frame['type'] };
    case 'pong':
      return { kind: 'pong', timestamp: numberIn(frame['timestamp']) };
    case 'message':
      return readNotice(frame);
    case 'price':
      return readPrice(frame);
    case 'error':
      return { kind: 'error', text: shortText(frame['message'] ?? frame['msg']) };
    default:
      return { kind: 'unknown', name: shortText(frame['type']) };
  }
}

function readNotice(frame: Fields): FcsMessage {
  const success = frame['success'] !== false;
  const [full, word] = roomIn(frame['room']);
  const short = typeof frame['symbol'] === 'string' ? frame['symbol'].trim().toUpperCase() : undefined;
  const timeframe = readTimeframe(word ?? textIn(frame['timeframe']) ?? '');
  const symbol = full ?? short;
  if (success && frame['short'] === 'joined_room') {
    if (symbol === undefined || timeframe === undefined) return reject('unreadable-join', shortText(frame['room']));
    return { kind: 'joined', symbol, hasExchange: symbol.includes(':'), timeframe };
  }
  return {
    kind: 'notice',
    success,
    text: shortText(frame['message'] ?? frame['short']),
    room: { ...(symbol !== undefined && { symbol }), ...(timeframe !== undefined && { timeframe }) },
  };
}

/** Symbol and timeframe out of a room's name. */
function roomIn(value: unknown): readonly [string?, string?] {
  const [, symbol, word] = (typeof value === 'string' && ROOM.exec(value)) || [];
  const full = symbol === undefined ? undefined : readSymbol(symbol);
  return full === undefined || word === undefined ? [] : [full, word];
}

function readPrice(frame: Fields): FcsMessage {
  const { prices } = frame;
  const symbol = readSymbol(textIn(frame['symbol']) ?? '');
  if (symbol === undefined) return reject('unknown-symbol', shortText(frame['symbol']));
  const timeframe = readTimeframe(textIn(frame['timeframe']) ?? '');
  if (timeframe === undefined) return reject('unknown-timeframe', `${symbol} ${shortText(frame['timeframe'])}`);
  if (!isRecord(prices)) return reject('no-prices', symbol);
  const place = { symbol, timeframe };
  switch (prices['mode']) {
    case 'profile':
      return readProfile(place, prices['profile']);
    case 'initial': {
      const bar = readBar(prices);
      // Its `v` is not the candle's volume: the vendor's own sample has 0.247 there, and 8192.70 in the next frame.
      return typeof bar === 'string'
        ? reject(bar, symbol)
        : { kind: 'initial', ...place, bar: { ...bar, volume: undefined } };
    }
    case 'candle': {
      const bar = readBar(prices);
      if (typeof bar === 'string') return reject(bar, symbol);
      return { kind: 'candle', ...place, bar, bid: priceIn(prices['b']), ask: priceIn(prices['a']) };
    }
    case 'askbid': {
      const [close, bid, ask] = [priceIn(prices['c']), priceIn(prices['b']), priceIn(prices['a'])];
      if (close === undefined && bid === undefined && ask === undefined) return reject('bad-price', symbol);
      const [time, openTime] = [timeIn(prices['update']), timeIn(prices['t'])];
      return { kind: 'askbid', ...place, time, openTime, close, bid, ask };
    }
    default:
      return { kind: 'unknown', name: `price ${shortText(prices['mode'])}` };
  }
}

function readProfile(place: Priced, value: unknown): FcsMessage {
  if (!isRecord(value)) return reject('no-profile', place.symbol);
  const [session, timezone] = [textIn(value['current_session']), textIn(value['timezone'])];
  return { kind: 'profile', ...place, session, timezone, updateMode: textIn(value['update_mode']) };
}

function reject(reason: string, detail: string): FcsMessage {
  return { kind: 'reject', reason, detail };
}
