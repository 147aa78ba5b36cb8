import type { TradingDate } from '../../../core/brand.ts';
import type { SymbolRename } from '../../../core/corporate-action.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import type { Logger } from '../../engine/ports.ts';
import { loadDailyList } from '../daily-list.ts';
import type { KiteApi } from './api.ts';
import { type InstrumentDump, parseInstrumentDump } from './instrument-dump.ts';
import { type MatchedInstruments, matchInstruments } from './match-instruments.ts';

/** A person is waiting for the broker to open. */
const ATTEMPTS = 2;

export interface InstrumentSource {
  readonly api: Pick<KiteApi, 'csv'>;
  readonly cacheDir: string;
  readonly day: TradingDate;
  readonly logger: Logger;
  readonly renames?: readonly SymbolRename[] | undefined;
}

/**
 * Finds the instruments in the dumps of their exchanges. A dump is fetched once a trading day and kept in
 * `cacheDir`; an older one stands in while Kite cannot be reached.
 *
 * Throws AppError when there is no dump at all, or when it knows none of the instruments.
 */
export async function loadInstruments(
  wanted: readonly Instrument[],
  source: InstrumentSource,
  stop: AbortSignal,
): Promise<MatchedInstruments> {
  const exchanges = new Set(wanted.map(({ key }) => key.slice(0, key.indexOf(':'))));
  const rows = [];
  for (const exchange of exchanges) rows.push(...(await loadDump(exchange, source, stop)).rows);
  const matched = matchInstruments(wanted, rows, source.renames);
  if (matched.missing.length > 0) {
    const names = matched.missing.map(symbolOf).join(', ');
    source.logger.warn('Kite does not list these instruments; they are left out.', { instruments: names });
  }
  if (matched.known.length === 0 && wanted.length > 0)
    throw new AppError('not-found', 'Kite lists none of the instruments to watch. Check their names in Settings.');
  return matched;
}

function loadDump(
  exchange: string,
  { api, cacheDir, day, logger }: InstrumentSource,
  stop: AbortSignal,
): Promise<InstrumentDump> {
  const name = `kite-instruments-${exchange}`;
  const fetch = () => api.csv(`/instruments/${encodeURIComponent(exchange)}`, stop, ATTEMPTS);
  return loadDailyList({ name, day, cacheDir, logger, fetch, parse: parseInstrumentDump }, stop);
}
