import type { EpochMs } from '../../../core/brand.ts';
import { SECOND_MS } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { RecordedText } from '../text-recording.ts';
import { candleEnd, candleTypeNamed } from './candle-types.ts';
import { readBook } from './read-book.ts';
import { readCandleRow } from './read-candle.ts';
import { readSymbols } from './read-symbols.ts';
import { readTickers } from './read-tickers.ts';
import { readQuote } from './read-update.ts';
import { readNumber, readText } from './read-values.ts';
import { bookRecord, candleRecord, quoteRecord } from './records.ts';
import { readToken, socketUrl } from './token.ts';

const UNKNOWN = { reject: 'unknown-answer', detail: 'an answer of a kind that is not read' };

/** The body of an answer of REST. What it answers is told from its shape; the request beside it names the instrument. */
export function* decodeAnswer(recorded: RecordedText): Generator<object> {
  let body: unknown;
  try {
    body = JSON.parse(recorded.text);
  } catch {
    yield { reject: 'unreadable', detail: `${recorded.text.length} characters that are not JSON` };
    return;
  }
  const { code, msg, data } = isRecord(body) ? body : {};
  // The code decides, whatever the HTTP status was.
  if (code !== '200000') yield { kind: 'error', code: code ?? null, message: readText(msg) ?? '' };
  else if (typeof data === 'number') yield { kind: 'serverTime', time: data };
  else if (Array.isArray(data)) yield* decodeList(data, recorded);
  else if (isRecord(data)) yield* decodeObject(data, recorded);
  else yield UNKNOWN;
}

function* decodeList(data: readonly unknown[], recorded: RecordedText): Generator<object> {
  if (Array.isArray(data[0]) || recorded.request?.path?.endsWith('/candles')) {
    yield* decodeCandles(data, recorded);
    return;
  }
  if (data.length > 0 && !(isRecord(data[0]) && 'priceIncrement' in data[0])) {
    yield UNKNOWN;
    return;
  }
  for (const { symbol, name, base, quote, priceStep, isTradable } of readSymbols(data).symbols)
    yield {
      kind: 'instrument',
      broker: 'kucoin',
      id: symbol,
      displayName: name,
      base,
      quote,
      priceStep: Number(priceStep),
      tradable: isTradable,
    };
}

/** Newest first in the answer, oldest first here. */
function* decodeCandles(data: readonly unknown[], { request, receivedAt }: RecordedText): Generator<object> {
  const { symbol = null, type: name = '', endAt } = request?.query ?? {};
  const type = candleTypeNamed(name);
  const end = readNumber(endAt);
  const asOf = receivedAt ?? (end === undefined || end === 0 ? undefined : ((end * SECOND_MS) as EpochMs));
  const rows = data.map((row) => readCandleRow(row)).reverse();
  for (const [index, row] of rows.entries()) {
    if (row === undefined) {
      yield { reject: 'bad-candle', detail: `row ${rows.length - index}` };
      continue;
    }
    // One that another follows has closed; of the newest only the time of the answer tells.
    const isLast = index === rows.length - 1;
    const hasEnded = asOf === undefined || type === undefined ? null : candleEnd(type, row.openTime) <= asOf;
    yield candleRecord({ ...row, symbol, type, eventTime: undefined }, isLast ? hasEnded : true);
  }
}

function* decodeObject(data: Readonly<Record<string, unknown>>, { request }: RecordedText): Generator<object> {
  const symbol = request?.query['symbol'] ?? '';
  if ('instanceServers' in data) {
    const token = readToken(data);
    const [server] = token?.servers ?? [];
    if (token === undefined || server === undefined) {
      yield { reject: 'bad-token', detail: 'no token, or no server' };
      return;
    }
    yield {
      kind: 'token',
      token: token.token,
      ...server,
      connectUrlExample: socketUrl(server.endpoint, token.token, 'c1'),
    };
  } else if (Array.isArray(data['ticker'])) {
    for (const quote of readTickers(data)) yield 'reject' in quote ? quote : quoteRecord(quote);
  } else if ('bestBid' in data || 'bestAsk' in data) {
    const quote = readQuote(symbol, data);
    yield 'reject' in quote ? quote : quoteRecord(quote);
  } else if ('bids' in data && 'asks' in data) {
    const depth = Array.isArray(data['bids']) && data['bids'].length > 20 ? 100 : 20;
    const book = readBook(symbol, depth, data);
    yield 'reject' in book ? book : bookRecord(book);
  } else yield UNKNOWN;
}
