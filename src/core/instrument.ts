import type { InstrumentKey } from './brand.ts';

/**
 * Whose hours an instrument keeps. `nse-cas` are the cash stocks with derivatives, whose day ends in
 * the closing auction since 2026-08-03; every NIFTY 50 stock is one. `fx` are currencies traded between banks, `moex`
 * the stocks of Moscow, `us` those of New York.
 */
export const SEGMENTS = ['nse-cas', 'nse-cash', 'nse-index', 'nse-fno', '24x7', 'fx', 'moex', 'us'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What is traded. Money is in the instrument's own currency, which for all of NSE is the rupee. */
export interface Instrument {
  readonly key: InstrumentKey;
  readonly name: string;
  readonly segment: Segment;
  readonly sector: string | undefined;
  /** Smallest price step, in the instrument's currency: 0.05 for most equity, 0.0025 for currency. */
  readonly tickSize: number;
  readonly priceDecimals: number;
  readonly lotSize: number;
}

/** The part of a key after the exchange: what a trader calls the instrument. */
export function symbolOf(key: InstrumentKey): string {
  return key.slice(key.indexOf(':') + 1);
}
