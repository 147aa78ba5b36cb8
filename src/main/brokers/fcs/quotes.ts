import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, Logger, QuoteSource } from '../../engine/ports.ts';
import type { FcsApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import { type LatestRow, readLatestRows } from './latest-rows.ts';
import { type FcsMarket, marketOf } from './symbols.ts';
import { LATEST_SYMBOLS } from './wire.ts';

export interface FcsQuotesParts {
  readonly api: Pick<FcsApi, 'ask'>;
  readonly instruments: readonly Instrument[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Batch prices from `POST {market}/latest`, up to a hundred symbols a request and one request for each market. The row
 * is the day's running candle, so the day's prices and volume come along. Symbols FCS does not answer for are left out.
 * Throws AppError.
 */
export function createFcsQuotes({ api, instruments, clock, logger }: FcsQuotesParts): QuoteSource {
  const known = new Set(instruments.map(({ key }) => key));
  return {
    async quotes(wanted, stop) {
      const ticks: Tick[] = [];
      const keys = wanted.filter((key) => known.has(key));
      for (const [market, batch] of batches(keys)) {
        const { rows, unreadable } = await askLatest(api, market, batch, stop);
        if (unreadable > 0) logger.warn('Quotes of FCS were unreadable.', { market, rows: unreadable });
        const asked = new Set(batch);
        const receivedAt = clock.now();
        for (const row of rows) {
          const key = row.symbol as InstrumentKey; // Checked the next moment.
          if (asked.delete(key)) ticks.push(tickOf(row, key, receivedAt));
        }
      }
      return ticks;
    },
  };
}

/** The day's running candles of symbols of one market. */
export async function askLatest(
  api: Pick<FcsApi, 'ask'>,
  market: FcsMarket,
  symbols: readonly InstrumentKey[],
  stop: AbortSignal,
  attempts?: number,
): Promise<{ readonly rows: readonly LatestRow[]; readonly unreadable: number }> {
  const response = await api.ask(market, 'latest', { symbol: symbols.join(','), period: '1D' }, stop, attempts);
  const latest = readLatestRows(response);
  if (latest === undefined) throw unexpectedData('quotes');
  return latest;
}

/** What one request each asks for. */
export function batches(
  keys: readonly InstrumentKey[],
): readonly (readonly [market: FcsMarket, symbols: readonly InstrumentKey[]])[] {
  const byMarket = Map.groupBy(new Set(keys), marketOf);
  return [...byMarket].flatMap(([market, symbols]) =>
    Array.from(
      { length: Math.ceil(symbols.length / LATEST_SYMBOLS) },
      (_none, index) => [market, symbols.slice(index * LATEST_SYMBOLS, (index + 1) * LATEST_SYMBOLS)] as const,
    ),
  );
}

/** The row has no time of its own: it is of now, or of the end of its day. */
function tickOf({ bar, bid, ask }: LatestRow, instrument: InstrumentKey, receivedAt: EpochMs): Tick {
  const { openTime, open, high, low, close, volume } = bar;
  return {
    instrument,
    ltp: close,
    dayVolume: volume,
    dayOpen: open,
    dayHigh: high,
    dayLow: low,
    bid,
    ask,
    time: Math.min(receivedAt, openTime + DAY_MS - 1) as EpochMs,
    receivedAt,
  };
}
