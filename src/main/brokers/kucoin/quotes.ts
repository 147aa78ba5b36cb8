import type { EpochMs } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, Logger, QuoteSource } from '../../engine/ports.ts';
import type { PacketReject } from '../packet-reject.ts';
import { type KucoinApi, WEIGHT } from './api.ts';
import { unexpectedData } from './errors.ts';
import type { KucoinInstrument } from './instruments.ts';
import { readTickers } from './read-tickers.ts';
import { readQuote } from './read-update.ts';
import type { QuoteUpdate } from './update.ts';

export interface KucoinQuotesParts {
  readonly api: Pick<KucoinApi, 'get'>;
  readonly instruments: readonly KucoinInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Last and best prices: of a few instruments one request each, of more all the venue's tickers at once, whichever is
 * cheaper. Instruments without a price, or whose row makes no sense, are left out. Throws AppError.
 */
export function createKucoinQuotes({ api, instruments, clock, logger }: KucoinQuotesParts): QuoteSource {
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));

  const askEach = async (symbols: readonly string[], stop: AbortSignal): Promise<(QuoteUpdate | PacketReject)[]> => {
    const asked = symbols.map(async (symbol) => {
      const query = new URLSearchParams({ symbol });
      const data = await api.get(`/api/v1/market/orderbook/level1?${query}`, WEIGHT.level1, stop);
      // Nothing at all is KuCoin's word for an instrument that has not been traded yet.
      return data === null ? { reject: 'no-trade', detail: symbol } : readQuote(symbol, data);
    });
    return Promise.all(asked);
  };
  const askAll = async (stop: AbortSignal): Promise<(QuoteUpdate | PacketReject)[]> => {
    const found = [...readTickers(await api.get('/api/v1/market/allTickers', WEIGHT.allTickers, stop))];
    if (found.length === 0) throw unexpectedData('prices');
    return found;
  };

  return {
    async quotes(wanted, stop) {
      const keys = new Map(
        wanted.flatMap((key) => {
          const known = byKey.get(key);
          return known === undefined ? [] : [[known.symbol, key] as const];
        }),
      );
      if (keys.size === 0) return [];
      const isCheaper = keys.size * WEIGHT.level1 <= WEIGHT.allTickers;
      const found = await (isCheaper ? askEach([...keys.keys()], stop) : askAll(stop));
      const receivedAt = clock.now();
      const unreadable: string[] = [];
      const ticks = found.flatMap((quote) => {
        if ('reject' in quote) {
          if (keys.has(quote.detail) && quote.reject !== 'no-trade') unreadable.push(quote.detail);
          return [];
        }
        const instrument = keys.get(quote.symbol);
        return instrument === undefined ? [] : [tickOf(quote, instrument, receivedAt)];
      });
      if (unreadable.length > 0)
        logger.warn('Prices of KuCoin were unreadable.', { instruments: unreadable.join(', ') });
      return ticks;
    },
  };
}

/** A price looked at: no trade, so no quantity. */
export function tickOf(
  { last, bid, ask, time }: QuoteUpdate,
  instrument: Tick['instrument'],
  receivedAt: EpochMs,
): Tick {
  return { instrument, ltp: last, bid, ask, time: time ?? receivedAt, receivedAt };
}
