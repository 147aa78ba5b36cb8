import type { Instrument } from '../../../../core/instrument.ts';

const USUAL_PX = 62;
const DIGIT_PX = 7;
const USUAL_DECIMALS = 2;

/** How wide the column of prices has to be: a coin of ten decimals needs more than a stock. */
export function priceWidth(instruments: Iterable<Pick<Instrument, 'priceDecimals'>>): string {
  let most = USUAL_DECIMALS;
  for (const { priceDecimals } of instruments) most = Math.max(most, priceDecimals);
  // Prices of many decimals are small ones: the digits before the point make room for the first of them.
  return `${USUAL_PX + DIGIT_PX * Math.max(0, most - USUAL_DECIMALS - 2)}px`;
}
