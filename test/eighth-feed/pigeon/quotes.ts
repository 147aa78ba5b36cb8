import type { InstrumentKey } from '../../../src/core/brand.ts';
import { type Instrument, symbolOf } from '../../../src/core/instrument.ts';
import { isRecord } from '../../../src/core/is-record.ts';
import type { Tick } from '../../../src/core/tick.ts';
import type { Clock, QuoteSource } from '../../../src/main/engine/ports.ts';
import type { PigeonApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import { bareInstrument } from './instruments.ts';
import { MOST_QUOTES } from './wire.ts';

/** Batch prices from `GET /quotes`, fifty symbols a request, with the day's prices and volume. Throws AppError. */
export function createPigeonQuotes(api: PigeonApi, instruments: readonly Instrument[], clock: Clock): QuoteSource {
  const known = new Set(instruments.map(({ key }) => key));
  return {
    async quotes(wanted, stop) {
      const keys = wanted.filter((key) => known.has(key));
      const ticks: Tick[] = [];
      for (let from = 0; from < keys.length; from += MOST_QUOTES) {
        const batch = new Set(keys.slice(from, from + MOST_QUOTES));
        const data = await api.get('quotes', { symbols: [...batch].map(symbolOf).join(',') }, stop);
        const receivedAt = clock.now();
        for (const tick of readQuotes(data, receivedAt)) if (batch.delete(tick.instrument)) ticks.push(tick);
      }
      return ticks;
    },
  };
}

/** The rows of an answer; those that make no sense are left out. Throws AppError for what is no list. */
export function readQuotes(data: unknown, receivedAt: Tick['receivedAt']): readonly Tick[] {
  if (!Array.isArray(data)) throw unexpectedData('its prices');
  return data.flatMap((row: unknown): readonly Tick[] => {
    if (!isRecord(row) || typeof row['s'] !== 'string') return [];
    const ltp = positive(row['p']);
    if (ltp === undefined) return [];
    const instrument: InstrumentKey = bareInstrument(row['s']).key;
    const [dayVolume, dayOpen, dayHigh, dayLow] = [row['v'], row['o'], row['h'], row['l']].map(positive);
    return [{ instrument, ltp, dayVolume, dayOpen, dayHigh, dayLow, time: receivedAt, receivedAt }];
  });
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined;
}
