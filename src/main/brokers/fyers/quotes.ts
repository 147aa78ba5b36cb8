import { z } from 'zod';
import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, Logger, QuoteSource } from '../../engine/ports.ts';
import type { FyersApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import type { FyersInstrument } from './match-instruments.ts';
import { QUOTES_PER_REQUEST } from './wire.ts';

/** The fields used; Fyers sends more. `tt` is a text of epoch seconds. */
const quoteSchema = z.object({
  lp: z.number(),
  tt: z.union([z.string(), z.number()]).nullish(),
  volume: z.number().nonnegative().nullish(),
  bid: z.number().nullish(),
  ask: z.number().nullish(),
  open_price: z.number().nullish(),
  high_price: z.number().nullish(),
  low_price: z.number().nullish(),
  prev_close_price: z.number().nullish(),
});

export interface FyersQuotesParts {
  readonly api: Pick<FyersApi, 'get'>;
  readonly instruments: readonly FyersInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Batch prices from `GET /data/quotes`, up to 50 symbols a request. Instruments Fyers refuses, that have not traded
 * yet, or whose quote makes no sense are left out. Throws AppError.
 */
export function createFyersQuotes({ api, instruments, clock, logger }: FyersQuotesParts): QuoteSource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  return {
    async quotes(wanted, stop) {
      const known = wanted.map((key) => byKey.get(key)).filter((found) => found !== undefined);
      const ticks: Tick[] = [];
      for (let from = 0; from < known.length; from += QUOTES_PER_REQUEST) {
        const batch = known.slice(from, from + QUOTES_PER_REQUEST);
        const query = new URLSearchParams({ symbols: batch.map(({ ticker }) => ticker).join(',') });
        const { body } = await api.get(`/data/quotes?${query}`, stop);
        const found = quotesOf(body);
        const receivedAt = clock.now();
        const unreadable: string[] = [];
        for (const { instrument, ticker } of batch) {
          if (!found.has(ticker)) continue;
          const tick = readQuote(found.get(ticker), instrument.key, instrument.segment === 'nse-index', receivedAt);
          if (tick === 'unreadable') unreadable.push(instrument.key);
          else if (tick !== undefined) ticks.push(tick);
        }
        if (unreadable.length > 0)
          logger.warn('Quotes of Fyers were unreadable.', { instruments: unreadable.join(', ') });
      }
      return ticks;
    },
  };
}

/** `d` is a list of `{n, s, v}`; a symbol that was refused has an error of its own and is passed over. */
function quotesOf(body: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const { d } = body;
  if (!Array.isArray(d)) throw unexpectedData('quotes');
  const quotes = new Map<string, unknown>();
  for (const entry of d)
    if (isRecord(entry) && typeof entry['n'] === 'string' && entry['s'] === 'ok') quotes.set(entry['n'], entry['v']);
  return quotes;
}

/** Undefined before the first trade, when there is no price to look at. */
function readQuote(
  value: unknown,
  instrument: Tick['instrument'],
  isIndex: boolean,
  receivedAt: EpochMs,
): Tick | 'unreadable' | undefined {
  const checked = quoteSchema.safeParse(value);
  if (!checked.success || checked.data.lp < 0) return 'unreadable';
  const { lp: ltp, tt, volume, bid, ask, open_price, high_price, low_price, prev_close_price } = checked.data;
  if (ltp === 0) return undefined;
  const seconds = tt === null || tt === undefined || tt === '' ? Number.NaN : Number(tt);
  const time = seconds > 0 && Number.isFinite(seconds) ? ((seconds * SECOND_MS) as EpochMs) : receivedAt;
  return {
    instrument,
    ltp,
    dayVolume: isIndex ? undefined : (volume ?? undefined),
    bid: priceOf(bid),
    ask: priceOf(ask),
    previousClose: priceOf(prev_close_price),
    dayOpen: priceOf(open_price),
    dayHigh: priceOf(high_price),
    dayLow: priceOf(low_price),
    time,
    receivedAt,
  };
}

/** 0 is Fyers' "none". */
function priceOf(price: number | null | undefined): number | undefined {
  return price !== undefined && price !== null && price > 0 ? price : undefined;
}
