import { SECOND_MS } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { PacketReject } from '../packet-reject.ts';
import { candleTypeNamed } from './candle-types.ts';
import { readNanoseconds, readNumber, readPrice, readTime } from './read-values.ts';
import type { CandleUpdate } from './update.ts';

export type CandleRow = Omit<CandleUpdate, 'kind' | 'symbol' | 'type' | 'eventTime'>;

/**
 * Reads `[start, open, CLOSE, HIGH, LOW, volume, turnover]`: not the usual order. The same in the stream and in
 * history. Undefined when it is no candle, or one that cannot be: a price that is not above zero, a high below the low.
 *
 * Source: docs/wire-formats/kucoin.md, "Candles".
 */
export function readCandleRow(value: unknown): CandleRow | undefined {
  if (!Array.isArray(value)) return undefined;
  const [start, first, last, top, bottom, base, quote]: unknown[] = value;
  const seconds = readNumber(start);
  const openTime = seconds === undefined ? undefined : readTime(seconds * SECOND_MS);
  const [open, close, high, low] = [readPrice(first), readPrice(last), readPrice(top), readPrice(bottom)];
  const [volume, turnover] = [readNumber(base), readNumber(quote)];
  if (openTime === undefined || volume === undefined || turnover === undefined) return undefined;
  if (open === undefined || close === undefined || high === undefined || low === undefined) return undefined;
  if (low > Math.min(open, close) || high < Math.max(open, close)) return undefined;
  return { openTime, open, high, low, close, volume, turnover };
}

/** `subject` of the topic is `BTC-USDT_1hour`: the last `_` divides it. */
export function readCandle(subject: string, data: unknown): CandleUpdate | PacketReject {
  const cut = subject.lastIndexOf('_');
  const symbol = subject.slice(0, Math.max(cut, 0));
  const type = candleTypeNamed(subject.slice(cut + 1));
  if (symbol === '' || type === undefined) return { reject: 'unknown-interval', detail: subject };
  if (!isRecord(data)) return { reject: 'bad-candle', detail: subject };
  if (data['symbol'] !== undefined && data['symbol'] !== symbol)
    return { reject: 'contradiction', detail: `${subject} about another instrument` };
  const row = readCandleRow(data['candles']);
  if (row === undefined) return { reject: 'bad-candle', detail: subject };
  return { kind: 'candle', symbol, type, ...row, eventTime: readNanoseconds(data['time']) };
}
