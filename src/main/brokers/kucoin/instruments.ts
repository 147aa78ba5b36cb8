import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import type { Logger } from '../../engine/ports.ts';
import { type KucoinApi, WEIGHT } from './api.ts';
import { unexpectedData } from './errors.ts';
import { decimalsOf, readSymbols, type SymbolRow } from './read-symbols.ts';
import { keepSymbols, keptSymbols } from './symbol-file.ts';
import { EXCHANGE } from './wire.ts';

/** One of our instruments as KuCoin knows it. */
export interface KucoinInstrument {
  readonly instrument: Instrument;
  /** What is subscribed and asked by: `BTC-USDT`. */
  readonly symbol: string;
}

export interface InstrumentSource {
  readonly api: Pick<KucoinApi, 'get'>;
  /** Where the list is kept, for when the venue cannot be reached. */
  readonly cacheDir: string;
  readonly logger: Logger;
}

/** A person is waiting for the broker to open. */
const ATTEMPTS = 2;

/**
 * Finds the instruments in KuCoin's list and takes step sizes and names from there. Those it does not have, or does
 * not trade, are left out and told. An older list stands in while KuCoin cannot be reached.
 *
 * Throws AppError when there is no list at all, or when it knows none of the instruments.
 */
export async function loadInstruments(
  wanted: readonly Instrument[],
  source: InstrumentSource,
  stop: AbortSignal,
): Promise<readonly KucoinInstrument[]> {
  const rows = new Map((await loadSymbols(source, stop)).map((row) => [row.symbol, row]));
  const known: KucoinInstrument[] = [];
  const missing: string[] = [];
  for (const instrument of wanted) {
    const symbol = symbolOf(instrument.key);
    const row = instrument.key.startsWith(`${EXCHANGE}:`) ? rows.get(symbol) : undefined;
    if (row?.isTradable === true) known.push({ instrument: corrected(instrument, row), symbol });
    else missing.push(symbol);
  }
  if (missing.length > 0)
    source.logger.warn('KuCoin does not trade these instruments; they are left out.', {
      instruments: missing.join(', '),
    });
  if (known.length === 0 && wanted.length > 0)
    throw new AppError('not-found', 'KuCoin trades none of the instruments to watch. Check their names in Settings.');
  return known;
}

/** The venue's word on sizes stands above a guess. A name that is more than the symbol is the person's, or a preset's. */
function corrected(instrument: Instrument, row: SymbolRow): Instrument {
  const isBare = instrument.name === row.symbol || instrument.name === instrument.key || instrument.name === '';
  return {
    ...instrument,
    name: isBare || row.name !== row.symbol ? row.name : instrument.name,
    segment: '24x7',
    tickSize: Number(row.priceStep),
    priceDecimals: decimalsOf(row.priceStep),
    lotSize: Number(row.sizeStep),
  };
}

async function loadSymbols({ api, cacheDir, logger }: InstrumentSource, stop: AbortSignal) {
  try {
    const data = await api.get('/api/v2/symbols', WEIGHT.symbols, stop, ATTEMPTS);
    const { symbols, unreadable } = readSymbols(data);
    if (symbols.length === 0) throw unexpectedData('a list of instruments');
    if (unreadable > 0) logger.warn('Rows of the list of instruments were unreadable.', { rows: unreadable });
    await keepSymbols(cacheDir, symbols, logger);
    return symbols;
  } catch (thrown) {
    stop.throwIfAborted();
    if (!(thrown instanceof AppError) || !thrown.retryable) throw thrown;
    const kept = await keptSymbols(cacheDir);
    if (kept === undefined) throw thrown;
    logger.warn('The list of instruments could not be fetched; an older one is used.', { code: thrown.code });
    return kept;
  }
}
