import type { InstrumentKey } from './brand.ts';
import { type Instrument, type Segment, symbolOf } from './instrument.ts';

/** NSE writes futures as `NIFTY26NOVFUT`, recorded files as `TCS-FUT`; options end in strike and kind. */
const DERIVATIVE = /FUT$|\d(CE|PE)$/;
/** Funds that follow an index carry its name, and are shares. */
const FUND = /BEES$|ETF$/;
const INDEX = /^NIFTY|NIFTY$|INDEX$|VIX$/;
const CRYPTO = /^BTC|USD[TC]?$/;

/**
 * Whose hours an instrument keeps: as `universe` says, or else a guess by its symbol, for files whose name is
 * all that is known. A stock nobody knows is taken for one without derivatives.
 */
export function segmentOf(key: InstrumentKey, universe: readonly Instrument[]): Segment {
  const known = universe.find((instrument) => instrument.key === key);
  if (known !== undefined) return known.segment;
  const symbol = symbolOf(key).toUpperCase();
  if (DERIVATIVE.test(symbol)) return 'nse-fno';
  if (CRYPTO.test(symbol)) return '24x7';
  return INDEX.test(symbol) && !FUND.test(symbol) ? 'nse-index' : 'nse-cash';
}
