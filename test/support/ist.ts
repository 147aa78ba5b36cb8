import type { EpochMs, TradingDate } from '../../src/core/brand.ts';

/** `2026-08-03 09:15` or `2026-08-03T09:15:59.999` on a wall in India, as an instant. */
export function ist(text: string): EpochMs {
  const time = Date.parse(`${text.replace(' ', 'T')}+05:30`);
  if (Number.isNaN(time)) throw new RangeError(`"${text}" is no time.`);
  return time as EpochMs;
}

export const day = (text: string): TradingDate => text as TradingDate;
