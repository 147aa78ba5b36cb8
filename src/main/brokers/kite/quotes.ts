import { z } from 'zod';
import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, Logger, QuoteSource } from '../../engine/ports.ts';
import type { KiteApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import { fromIst } from './ist.ts';
import type { KiteInstrument } from './match-instruments.ts';

/** Most instruments of one `/quote` request. Source: https://kite.trade/docs/connect/v3/market-quotes/ */
export const QUOTES_PER_REQUEST = 500;

/** The fields used; Kite sends more. */
const quoteSchema = z.object({
  last_price: z.number(),
  timestamp: z.string().nullish(),
  volume: z.number().nonnegative().nullish(),
  ohlc: z.object({ open: z.number(), high: z.number(), low: z.number(), close: z.number() }).nullish(),
});

export interface KiteQuotesParts {
  readonly api: Pick<KiteApi, 'get'>;
  readonly instruments: readonly KiteInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Batch prices from `GET /quote`, up to 500 instruments a request, one request a second. Instruments Kite does
 * not answer for, that have not traded yet, or whose quote makes no sense are left out. Throws AppError.
 */
export function createKiteQuotes({ api, instruments, clock, logger }: KiteQuotesParts): QuoteSource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  return {
    async quotes(wanted, stop) {
      const known = wanted.map((key) => byKey.get(key)).filter((found) => found !== undefined);
      const ticks: Tick[] = [];
      for (let from = 0; from < known.length; from += QUOTES_PER_REQUEST) {
        const batch = known.slice(from, from + QUOTES_PER_REQUEST);
        const query = new URLSearchParams(batch.map(({ quoteKey }) => ['i', quoteKey]));
        const data = await api.get('quote', `/quote?${query}`, stop);
        if (!isRecord(data)) throw unexpectedData('quotes');
        const receivedAt = clock.now();
        const unreadable: InstrumentKey[] = [];
        for (const { instrument, quoteKey } of batch) {
          if (!Object.hasOwn(data, quoteKey)) continue;
          const tick = readQuote(data[quoteKey], instrument.key, instrument.segment === 'nse-index', receivedAt);
          if (tick === 'unreadable') unreadable.push(instrument.key);
          else if (tick !== undefined) ticks.push(tick);
        }
        if (unreadable.length > 0)
          logger.warn('Quotes of Kite were unreadable.', { instruments: unreadable.join(', ') });
      }
      return ticks;
    },
  };
}

/** Undefined before the first trade, when there is no price to look at. */
function readQuote(
  value: unknown,
  instrument: InstrumentKey,
  isIndex: boolean,
  receivedAt: EpochMs,
): Tick | 'unreadable' | undefined {
  const checked = quoteSchema.safeParse(value);
  if (!checked.success || checked.data.last_price < 0) return 'unreadable';
  const { last_price: ltp, timestamp, volume, ohlc } = checked.data;
  if (ltp === 0) return undefined;
  return {
    instrument,
    ltp,
    dayVolume: isIndex ? undefined : (volume ?? undefined),
    previousClose: known(ohlc?.close),
    dayOpen: known(ohlc?.open),
    dayHigh: known(ohlc?.high),
    dayLow: known(ohlc?.low),
    time: (timestamp && fromIst(timestamp)) || receivedAt,
    receivedAt,
  };
}

/** A price of the day; 0 is Kite's "none". */
function known(price: number | undefined): number | undefined {
  return price !== undefined && price > 0 ? price : undefined;
}
