import type { InstrumentKey } from '../../../core/brand.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';

/** What nobody says of a company. */
const LEGAL = /\b(limited|ltd|inc|corp|corporation|company|co|plc|pjsc|ag|nv|sa)\b\.?/gi;

/**
 * How an instrument is called aloud: `Reliance` of `NSE:RELIANCE`, Reliance Industries Limited; `HDFC Bank` of
 * `NSE:HDFCBANK`. The symbol where no name is known.
 */
export function spokenName(key: InstrumentKey, instrument: Pick<Instrument, 'name'> | undefined): string {
  const symbol = symbolOf(key);
  const words = (instrument?.name ?? '')
    .replace(LEGAL, ' ')
    .replace(/[^\p{L}\p{N}&]+/gu, ' ')
    .trim();
  const [first = ''] = words.split(' ');
  if (first.toLowerCase() === symbol.toLowerCase()) return first;
  return words === '' ? symbol : words.replaceAll('&', 'and');
}
