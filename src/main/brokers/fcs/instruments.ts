import type { InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import { segmentOf } from '../../../core/segment-of.ts';
import type { Logger } from '../../engine/ports.ts';
import type { LatestRow } from './latest-rows.ts';
import { KNOWN_INSTRUMENTS } from './presets.ts';
import { batches } from './quotes.ts';
import { type FcsMarket, marketOf, readSymbol } from './symbols.ts';

/** Where symbols stand, to see that they are there and how many decimals they have. Throws AppError. */
export type AskSymbols = (market: FcsMarket, symbols: readonly InstrumentKey[]) => Promise<readonly LatestRow[]>;

const MOST_DECIMALS = 8;

/**
 * The instruments FCS has, of those wanted, with what is known of them: from our own lists, or from where they stand
 * now. Without an answer (`ask` is absent for the demo key) decimals are a guess by market. Left out, with a line in
 * the log, is what cannot be a symbol of FCS's, and what it answers for others and not for. Never throws.
 */
export async function settleInstruments(
  wanted: readonly Instrument[],
  ask: AskSymbols | undefined,
  logger: Logger,
): Promise<readonly Instrument[]> {
  const possible = wanted.filter(({ key }) => readSymbol(key) === key);
  warnOf('FCS can have no such symbols; they are left out.', without(wanted, possible), logger);
  const unknown = possible.filter(({ key }) => !KNOWN_INSTRUMENTS.has(key));
  const { rows, answered } = await look(unknown, ask, logger);
  const gone = unknown.filter(({ key }) => answered.has(key) && !rows.has(key));
  warnOf('FCS does not have these symbols; they are left out.', gone, logger);
  return without(possible, gone).map((instrument) => {
    const known = KNOWN_INSTRUMENTS.get(instrument.key);
    return known ?? described(instrument, rows.get(instrument.key));
  });
}

/** The rows of unknown symbols, and of which symbols it was asked with success. */
async function look(unknown: readonly Instrument[], ask: AskSymbols | undefined, logger: Logger) {
  const rows = new Map<string, LatestRow>();
  const answered = new Set<InstrumentKey>();
  if (ask === undefined) return { rows, answered };
  for (const [market, symbols] of batches(unknown.map(({ key }) => key))) {
    try {
      for (const row of await ask(market, symbols)) rows.set(row.symbol, row);
      for (const key of symbols) answered.add(key);
    } catch (thrown) {
      logger.warn('FCS could not say what it knows of symbols; decimals are a guess.', {
        code: AppError.from(thrown).code,
      });
      break;
    }
  }
  return { rows, answered };
}

function described(instrument: Instrument, row: LatestRow | undefined): Instrument {
  const market = marketOf(instrument.key);
  const isAmerican = segmentOf(instrument.key, []) === 'us';
  const stocks = isAmerican ? 'us' : instrument.segment;
  const segment = market === 'forex' ? 'fx' : market === 'crypto' ? '24x7' : stocks;
  const priceDecimals = row === undefined ? usualDecimals(instrument.key) : decimalsIn(row);
  return { ...instrument, segment, priceDecimals, tickSize: stepOf(priceDecimals), lotSize: 1 };
}

/** The most that a price of the row shows: a last digit of 0 is not written, but seldom everywhere. */
function decimalsIn({ bar, bid, ask }: LatestRow): number {
  const prices = [bar.open, bar.high, bar.low, bar.close, bid, ask].filter((price) => price !== undefined);
  return Math.max(
    2,
    ...prices.map((price) => (price.toFixed(MOST_DECIMALS).replace(/0+$/, '').split('.')[1] ?? '').length),
  );
}

function usualDecimals(key: InstrumentKey): number {
  const symbol = symbolOf(key);
  switch (marketOf(key)) {
    case 'forex':
      return symbol.startsWith('XA') ? 2 : symbol.endsWith('JPY') ? 3 : 5;
    case 'crypto':
      return 4;
    case 'stock':
      return 2;
  }
}

function stepOf(decimals: number): number {
  return Number((10 ** -decimals).toFixed(decimals));
}

function without(all: readonly Instrument[], some: readonly Instrument[]): readonly Instrument[] {
  return all.filter((instrument) => !some.includes(instrument));
}

function warnOf(message: string, instruments: readonly Instrument[], logger: Logger): void {
  if (instruments.length > 0) logger.warn(message, { instruments: instruments.map(({ key }) => key).join(', ') });
}
