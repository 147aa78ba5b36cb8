import { isRecord } from '../../../core/is-record.ts';
import type { PacketReject } from '../packet-reject.ts';
import { readNumber, readPrice, readText, readTime } from './read-values.ts';
import type { QuoteUpdate } from './update.ts';

/**
 * The `data` of `GET /api/v1/market/allTickers`: one time for all. High, low and volume there are of the last 24 hours
 * and not of the day, so they are not read.
 */
export function* readTickers(data: unknown): Generator<QuoteUpdate | PacketReject> {
  if (!isRecord(data) || !Array.isArray(data['ticker'])) return;
  const time = readTime(readNumber(data['time']));
  for (const row of data['ticker']) {
    const symbol = isRecord(row) ? readText(row['symbol']) : undefined;
    if (!isRecord(row) || symbol === undefined) {
      yield { reject: 'bad-quote', detail: 'a row without a symbol' };
      continue;
    }
    const last = readPrice(row['last']);
    if (last === undefined) {
      // Listed, and not traded yet.
      yield { reject: row['last'] === null || row['last'] === undefined ? 'no-trade' : 'bad-price', detail: symbol };
      continue;
    }
    yield {
      kind: 'quote',
      symbol,
      bid: readPrice(row['buy']),
      bidSize: readNumber(row['bestBidSize']),
      ask: readPrice(row['sell']),
      askSize: readNumber(row['bestAskSize']),
      last,
      lastSize: undefined,
      time,
      sequence: '',
    };
  }
}
