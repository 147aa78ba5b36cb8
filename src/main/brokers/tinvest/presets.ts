import type { InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';

/** Shares that are traded most in Moscow: ticker and name. Everything else about them is asked of the venue. */
const LARGEST: readonly (readonly [ticker: string, name: string, sector: string])[] = [
  ['SBER', 'Sberbank', 'Banks'],
  ['GAZP', 'Gazprom', 'Oil and gas'],
  ['LKOH', 'Lukoil', 'Oil and gas'],
  ['ROSN', 'Rosneft', 'Oil and gas'],
  ['NVTK', 'Novatek', 'Oil and gas'],
  ['GMKN', 'Norilsk Nickel', 'Metals'],
  ['PLZL', 'Polyus', 'Metals'],
  ['TATN', 'Tatneft', 'Oil and gas'],
  ['YDEX', 'Yandex', 'Technology'],
  ['T', 'T-Technologies', 'Banks'],
  ['VTBR', 'VTB', 'Banks'],
  ['MGNT', 'Magnit', 'Retail'],
];

/** Price step and lot are stand-ins until the venue's own reference data is there. */
export function moscowShare(ticker: string, name = ticker, sector?: string): Instrument {
  return {
    key: `MOEX:${ticker}` as InstrumentKey,
    name,
    segment: 'moex',
    sector,
    tickSize: 0.01,
    priceDecimals: 2,
    lotSize: 1,
  };
}

/** The dozen largest shares of the Moscow Exchange. */
export const MOSCOW_SHARES: readonly Instrument[] = LARGEST.map((row) => moscowShare(...row));
