import { type Instrument, symbolOf } from '../instrument.ts';
import type { Condition } from './expression.ts';
import { FALSE, TRUE, type TruthCode, UNKNOWN } from './truth.ts';

/** Names are compared without capitals. */
export const plainName = (text: string): string => text.trim().toLowerCase();

/** Whether the instrument is one of the condition's symbols or of its sectors. A sector that nobody knows is unknown. */
export function isMember(
  { of, names }: Extract<Condition, { kind: 'member' }>,
  { key, sector }: Pick<Instrument, 'key' | 'sector'>,
): TruthCode {
  if (of === 'sector' && sector === undefined) return UNKNOWN;
  const own = of === 'sector' ? [plainName(sector ?? '')] : [plainName(symbolOf(key)), plainName(key)];
  return names.some((name) => own.includes(plainName(name))) ? TRUE : FALSE;
}
