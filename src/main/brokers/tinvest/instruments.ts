import type { InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import type { Clock, Logger } from '../../engine/ports.ts';
import type { TinvestApi } from './api.ts';
import type { InstrumentCache } from './instrument-cache.ts';
import { type InstrumentRow, kindOfSymbol, knownAs, type TinvestInstrument } from './instrument-row.ts';
import { findInstrument, listShares } from './look-up.ts';

export interface InstrumentSource {
  readonly api: TinvestApi;
  readonly cache: InstrumentCache;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** From this many on the list of all shares is one call instead of many. */
const MANY = 20;
const EXCHANGE = 'MOEX:';

/**
 * Finds the instruments by ticker, FIGI or uid. What the venue does not have is left out, with a warning; so is a second
 * name for an instrument that is there already. While the venue cannot be reached, what it said on another day stands in.
 *
 * Throws AppError when it cannot be reached and nothing was kept, or when it has none of the instruments.
 */
export async function loadInstruments(
  wanted: readonly Instrument[],
  source: InstrumentSource,
  stop: AbortSignal,
): Promise<readonly TinvestInstrument[]> {
  const { cache, clock, logger } = source;
  const unknown = wanted.filter(({ key }) => isOurs(key) && cache.fresh(symbolOf(key), clock.now()) === undefined);
  await askAll(unknown, source, stop);

  const known = new Map<string, TinvestInstrument>();
  const missing: string[] = [];
  for (const instrument of wanted) {
    const symbol = symbolOf(instrument.key);
    const row = isOurs(instrument.key) ? cache.any(symbol) : undefined;
    if (row === undefined) {
      missing.push(instrument.key);
      continue;
    }
    tellWhich(symbol, row, logger);
    const first = known.get(row.uid);
    if (first === undefined) known.set(row.uid, knownAs(instrument, row));
    else
      logger.warn('This is a second name for an instrument of the list.', { left: symbol, kept: first.instrument.key });
  }
  if (missing.length > 0)
    logger.warn('T-Invest does not have these instruments; they are left out.', { instruments: missing.join(', ') });
  if (known.size === 0 && wanted.length > 0)
    throw new AppError(
      'not-found',
      'T-Invest has none of the instruments to watch. They are named MOEX:SBER, or by FIGI or uid; check them in Settings.',
    );
  return [...known.values()];
}

async function askAll(
  unknown: readonly Instrument[],
  { api, cache, clock, logger }: InstrumentSource,
  stop: AbortSignal,
): Promise<void> {
  if (unknown.length === 0) return;
  let rest = unknown.map(({ key }) => symbolOf(key));
  const note = (symbol: string, row: InstrumentRow): void => cache.put(symbol, row, clock.now());
  try {
    if (rest.length > MANY) {
      const shares = await listShares(api, stop);
      rest = rest.filter((symbol) => {
        const row = shares.get(symbol);
        if (row !== undefined) note(symbol, row);
        return row === undefined;
      });
    }
    await Promise.all(
      rest.map(async (symbol) => {
        const row = await findInstrument(symbol, api, stop);
        if (row !== undefined) note(symbol, row);
      }),
    );
  } catch (thrown) {
    stop.throwIfAborted();
    const isKept = unknown.some(({ key }) => cache.any(symbolOf(key)) !== undefined);
    if (!(thrown instanceof AppError) || !thrown.retryable || !isKept) throw thrown;
    logger.warn('Instruments could not be looked up; what T-Invest said on another day is used.', {
      code: thrown.code,
    });
    return;
  }
  await cache.save();
}

function isOurs(key: InstrumentKey): boolean {
  return key.startsWith(EXCHANGE);
}

/** Whoever wrote a FIGI or a uid is told what stands behind it. */
function tellWhich(symbol: string, { ticker, classCode, name, lot, currency }: InstrumentRow, logger: Logger): void {
  const kind = kindOfSymbol(symbol);
  if (kind === 'ticker') return;
  logger.info(`The ${kind === 'figi' ? 'FIGI' : 'uid'} ${symbol} is ${ticker}.`, {
    ticker,
    classCode,
    name,
    lot,
    currency,
  });
}
