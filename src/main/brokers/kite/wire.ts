/**
 * Kite ticker, binary messages. All integers are big-endian; quantities, tokens and times are unsigned,
 * prices are signed.
 *
 * Source: https://kite.trade/docs/connect/v3/websocket/, and the official clients' own parsers
 * (zerodha/kiteconnectjs, pykiteconnect, gokiteconnect). Tables and doubts: docs/wire-formats/kite.md.
 */

/** There is no type field: the length of a packet tells its kind. */
export const PACKET_LENGTH = { ltp: 8, indexQuote: 28, indexFull: 32, quote: 44, full: 184 } as const;

/** Offsets in `ltp`, `quote` and `full` packets. Times are seconds since the epoch, 0 when there is none. */
export const OFFSET = {
  token: 0,
  ltp: 4,
  lastQuantity: 8,
  averagePrice: 12,
  /** Quantity traded today. */
  dayVolume: 16,
  buyQuantity: 20,
  sellQuantity: 24,
  open: 28,
  high: 32,
  low: 36,
  /** The previous session's close while this one lasts. */
  close: 40,
  lastTradeTime: 44,
  oi: 48,
  oiDayHigh: 52,
  oiDayLow: 56,
  exchangeTime: 60,
  /** Five bids, best first, then five offers. */
  depth: 64,
} as const;

/** Offsets in index packets: the order of the day's prices differs. */
export const INDEX_OFFSET = { high: 8, low: 12, open: 16, close: 20, exchangeTime: 28 } as const;

/** One level of the book; two bytes of padding follow, not always zero. */
export const DEPTH = { levels: 5, bytes: 12, quantity: 0, price: 4, orders: 8 } as const;

const SEGMENT = { nseCurrency: 3, bseCurrency: 6, indices: 9 } as const;

/** The low byte of a token is its segment. */
function segmentOf(token: number): number {
  return token & 0xff;
}

/** An index is a number somebody computes: nobody can buy it. */
export function isTradable(token: number): boolean {
  return segmentOf(token) !== SEGMENT.indices;
}

/** Prices are integers. They count paise, except in the two currency segments. */
export function priceDivisor(token: number): number {
  const segment = segmentOf(token);
  if (segment === SEGMENT.nseCurrency) return 10_000_000;
  if (segment === SEGMENT.bseCurrency) return 10_000;
  return 100;
}

/** Only these kinds say when the exchange made them. */
export function hasOwnTime(length: number): boolean {
  return length === PACKET_LENGTH.full || length === PACKET_LENGTH.indexFull;
}

/** Kite's servers, when nothing else is configured. */
export const KITE_API_URL = 'https://api.kite.trade';
export const KITE_WS_URL = 'wss://ws.kite.trade';
export const KITE_LOGIN_URL = 'https://kite.zerodha.com';
export const KITE_VERSION = { 'X-Kite-Version': '3' } as const;
