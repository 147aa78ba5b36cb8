import type { Instrument } from '../../../core/instrument.ts';

/** How an instrument's prices are written. */
export interface PriceStyle {
  readonly decimals: number;
  /** How thousands stand together: `1,23,456` for rupees, `123,456` for all other money. */
  readonly grouping: Grouping;
}

export type Grouping = 'indian' | 'western';

const RUPEES: PriceStyle = { decimals: 2, grouping: 'indian' };
const known = new Map<string, PriceStyle>();

/** The same object for the same style, so that nothing is drawn anew for it. Rupees where the instrument is unknown. */
export function priceStyleOf(instrument: Pick<Instrument, 'segment' | 'priceDecimals'> | undefined): PriceStyle {
  if (instrument === undefined) return RUPEES;
  const { segment, priceDecimals: decimals } = instrument;
  const grouping = segment.startsWith('nse-') ? 'indian' : 'western';
  const name = `${decimals} ${grouping}`;
  const style = known.get(name) ?? { decimals, grouping };
  known.set(name, style);
  return style;
}

/** A bare number is decimals of rupees. */
export function groupingOf(style: number | PriceStyle): Grouping {
  return typeof style === 'number' ? 'indian' : style.grouping;
}
