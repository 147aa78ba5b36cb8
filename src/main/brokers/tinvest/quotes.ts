import type { InstrumentKey } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, Logger, QuoteSource } from '../../engine/ports.ts';
import type { TinvestApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import type { TinvestInstrument } from './instrument-row.ts';
import { listMember } from './member.ts';
import { readLastPrice } from './read-events.ts';

/** The venue names no limit; its own list of shares has some three thousand. */
export const PRICES_PER_REQUEST = 1_000;

export interface TinvestQuotesParts {
  readonly api: TinvestApi;
  readonly instruments: readonly TinvestInstrument[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Last prices from `GetLastPrices`, all in one call. Instruments the venue does not answer for, or that have not traded, are
 * left out. Throws AppError.
 */
export function createTinvestQuotes({ api, instruments, clock, logger }: TinvestQuotesParts): QuoteSource {
  const uids = new Map(instruments.map(({ instrument, uid }) => [instrument.key, uid]));
  const keys = new Map(instruments.map(({ instrument, uid }) => [uid, instrument.key]));
  return {
    async quotes(wanted, stop) {
      const known = wanted.map((key) => uids.get(key)).filter((uid) => uid !== undefined);
      const ticks = new Map<InstrumentKey, Tick>();
      let unreadable = 0;
      for (let from = 0; from < known.length; from += PRICES_PER_REQUEST) {
        const body = {
          instrumentId: known.slice(from, from + PRICES_PER_REQUEST),
          lastPriceType: 'LAST_PRICE_EXCHANGE',
        };
        const answer = await api.call('MarketDataService', 'GetLastPrices', body, stop);
        const rows = listMember(answer, 'lastPrices');
        if (rows === undefined) throw unexpectedData('last prices');
        const receivedAt = clock.now();
        for (const row of rows) {
          // A share that has never traded has no price, or one of 0.
          const last = isRecord(row) ? readLastPrice(row) : undefined;
          const instrument = last === undefined || 'reject' in last ? undefined : keys.get(last.uid);
          if (last === undefined || 'reject' in last || instrument === undefined) {
            unreadable += 1;
            continue;
          }
          ticks.set(instrument, { instrument, ltp: last.price, time: last.time, receivedAt });
        }
      }
      if (unreadable > 0) logger.info('Some last prices of T-Invest were absent or unreadable.', { rows: unreadable });
      return [...ticks.values()];
    },
  };
}
