import type { InstrumentKey } from '../../../src/core/brand.ts';
import { type Instrument, symbolOf } from '../../../src/core/instrument.ts';
import { isRecord } from '../../../src/core/is-record.ts';
import type { Logger } from '../../../src/main/engine/ports.ts';
import { unexpectedData } from './errors.ts';
import { PREFIX } from './wire.ts';

/** One row of the exchange's own list. */
export interface ListedSymbol {
  readonly symbol: string;
  readonly name: string;
  /** Smallest price step. */
  readonly step: number;
  readonly lot: number;
}

/** What is known of a symbol without asking. */
export function bareInstrument(symbol: string): Instrument {
  return {
    key: `${PREFIX}${symbol}` as InstrumentKey, // Made here, of the exchange's prefix.
    name: symbol,
    segment: '24x7',
    sector: undefined,
    tickSize: 0.01,
    priceDecimals: 2,
    lotSize: 1,
  };
}

/** Reads the answer of `GET /symbols`; rows that make no sense are left out. Throws AppError for what is no list. */
export function readSymbols(data: unknown): readonly ListedSymbol[] {
  if (!Array.isArray(data)) throw unexpectedData('its list of symbols');
  return data.flatMap((row: unknown) => {
    if (!isRecord(row)) return [];
    const { symbol, name, step, lot } = row;
    const isWhole = typeof symbol === 'string' && /^[A-Z]{1,12}$/.test(symbol) && typeof name === 'string';
    if (!isWhole || typeof step !== 'number' || !(step >= 1e-8 && step <= 1e6)) return [];
    return [{ symbol, name, step, lot: typeof lot === 'number' && lot > 0 ? lot : 1 }];
  });
}

/** The instruments the exchange has, of those wanted, as it describes them; the others are named in the log. */
export function settleInstruments(
  wanted: readonly Instrument[],
  listed: readonly ListedSymbol[],
  logger: Logger,
): readonly Instrument[] {
  const bySymbol = new Map(listed.map((row) => [row.symbol, row]));
  const rowOf = ({ key }: Instrument) => (key.startsWith(PREFIX) ? bySymbol.get(symbolOf(key)) : undefined);
  const gone = wanted.filter((instrument) => rowOf(instrument) === undefined);
  if (gone.length > 0)
    logger.warn('The Pigeon Exchange does not have these instruments; they are left out.', {
      instruments: gone.map(({ key }) => key).join(', '),
    });
  return wanted.flatMap((instrument) => {
    const row = rowOf(instrument);
    if (row === undefined) return [];
    const { symbol, name, step, lot } = row;
    return [{ ...bareInstrument(symbol), name, tickSize: step, priceDecimals: decimalsOf(step), lotSize: lot }];
  });
}

function decimalsOf(step: number): number {
  return (step.toFixed(8).replace(/0+$/, '').split('.')[1] ?? '').length;
}
