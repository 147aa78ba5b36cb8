import type { InstrumentKey } from './brand.ts';
import { type Instrument, type Segment, symbolOf } from './instrument.ts';

/** NSE writes futures as `NIFTY26NOVFUT`, recorded files as `TCS-FUT`; options end in strike and kind. */
const DERIVATIVE = /FUT$|\d(CE|PE)$/;
/** Funds that follow an index carry its name, and are shares. */
const FUND = /BEES$|ETF$/;
const INDEX = /^NIFTY|NIFTY$|INDEX$|VIX$|^SENSEX|^BANKEX/;
const CRYPTO = /^BTC|USD[TC]?$/;
/**
 * The currencies banks trade most (https://www.bis.org/statistics/rpfx22.htm), by ISO 4217, and the offshore yuan.
 * Without the rupee: its pairs are traded by day at NSE too.
 */
const CURRENCIES =
  'USD|EUR|JPY|GBP|CNY|CNH|CHF|AUD|CAD|HKD|SGD|KRW|SEK|MXN|NZD|NOK|TWD|BRL|ZAR|PLN|DKK|TRY|THB|ILS|HUF|CZK';
const PAIR = new RegExp(`^(${CURRENCIES})/?(?!\\1)(${CURRENCIES})$`);

/** Exchanges that keep New York's hours. */
const NEW_YORK = /^(NASDAQ|NYSE|AMEX):/;

/**
 * Whose hours an instrument keeps: as `universe` says, or else a guess by its symbol, for files whose name is
 * all that is known. A stock nobody knows is taken for one without derivatives.
 */
export function segmentOf(key: InstrumentKey, universe: readonly Instrument[]): Segment {
  const known = universe.find((instrument) => instrument.key === key);
  if (known !== undefined) return known.segment;
  if (key.startsWith('MOEX:')) return 'moex';
  if (NEW_YORK.test(key)) return 'us';
  const symbol = symbolOf(key).toUpperCase();
  if (DERIVATIVE.test(symbol)) return 'nse-fno';
  if (PAIR.test(symbol)) return 'fx';
  if (CRYPTO.test(symbol)) return '24x7';
  return INDEX.test(symbol) && !FUND.test(symbol) ? 'nse-index' : 'nse-cash';
}
