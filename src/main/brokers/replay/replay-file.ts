import type { InstrumentKey } from '../../../core/brand.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import { segmentOf } from '../../../core/segment-of.ts';
import type { MarketFile } from './market-file.ts';

/** A file that was read, and the name its instrument goes by. */
export interface ReplayFile {
  /** For messages: the path as the user gave it. */
  readonly name: string;
  /** `INFY`, or with an exchange, `BSE:INFY`. */
  readonly symbol: string;
  readonly file: MarketFile;
}

const DEFAULT_TICK_SIZE = 0.05;

/** A symbol without an exchange is taken to be NSE's. */
export function keyOfSymbol(symbol: string): InstrumentKey {
  return (/^[A-Z]+:/.test(symbol) ? symbol : `NSE:${symbol}`) as InstrumentKey;
}

/** The instrument of that key among those known, or one made up of what the name tells. */
export function instrumentOf(key: InstrumentKey, known: readonly Instrument[]): Instrument {
  const found = known.find((instrument) => instrument.key === key);
  if (found !== undefined) return found;
  return {
    key,
    name: symbolOf(key),
    segment: segmentOf(key, known),
    sector: undefined,
    tickSize: DEFAULT_TICK_SIZE,
    priceDecimals: 2,
    lotSize: 1,
  };
}
