import type { CandleNews } from './candle-roll.ts';
import { isConsistent } from './read-book.ts';
import type { ServerFrame } from './read-frame.ts';
import type { BookUpdate, CandleUpdate, QuoteUpdate, TradeUpdate } from './update.ts';

/** Records as `decode kucoin` prints them. Times in epoch ms; what is not known is left out, or null in a candle. */
const broker = 'kucoin';

/** Without its topic or request the instrument of a candle is not known; nor, of the newest, whether it has closed. */
export interface CandleRecordParts extends Omit<CandleUpdate, 'kind' | 'symbol' | 'type'> {
  readonly symbol: string | null;
  readonly type: CandleUpdate['type'] | undefined;
}

export function candleRecord(candle: CandleRecordParts, closed: boolean | null, revision = false): object {
  const { symbol, type, openTime, open, high, low, close, volume, turnover, eventTime = null } = candle;
  return {
    kind: 'candle',
    broker,
    symbol,
    interval: type?.label ?? null,
    intervalSec: type?.seconds ?? null,
    openTime,
    open,
    high,
    low,
    close,
    volume,
    turnover,
    closed,
    ...(revision && { revision }),
    eventTime,
  };
}

export function newsRecord({ candle, closed, revision }: CandleNews): object {
  return candleRecord(candle, closed, revision);
}

export function tradeRecord({ symbol, tradeId, price, size, side, time, timeNs }: TradeUpdate): object {
  return { kind: 'trade', broker, symbol, tradeId, price, size, side, time, timeNs };
}

export function quoteRecord({ symbol, bid, bidSize, ask, askSize, last, lastSize, time }: QuoteUpdate): object {
  return { kind: 'quote', broker, symbol, bid, bidSize, ask, askSize, last, lastSize, time };
}

export function bookRecord(book: BookUpdate): object {
  const { symbol, depth, sides, time } = book;
  const bids = sides.bids.map(({ price, quantity }) => [price, quantity]);
  const asks = sides.asks.map(({ price, quantity }) => [price, quantity]);
  return { kind: 'book', broker, symbol, depth, bids, asks, time, consistent: isConsistent(book) };
}

/** What an error means for us. Its id counts only where it names a request of ours. */
export function errorRecord({ id, code, text }: Extract<ServerFrame, { readonly type: 'error' }>): object {
  const said = { code: Number.isNaN(code) ? null : code, message: text };
  const error = { kind: 'control', type: 'error' };
  if (code === 401) return { ...error, ...said, action: 'new-token-and-reconnect' };
  if (code === 404) return { ...error, id, ...said, action: 'fail-subscription' };
  if (code === 509) return { ...error, id, ...said, action: 'split-or-connect-further' };
  return { ...error, id, ...said, action: 'count' };
}
