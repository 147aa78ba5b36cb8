import type { InstrumentKey } from '../brand.ts';
import type { Signal } from '../signal.ts';
import type { Timeframe } from '../timeframe.ts';
import type { Finding } from './finding.ts';

/** A finding as a signal of the instrument. Its values are the operands that are known, in their order. */
export function signalOf(finding: Finding, instrument: InstrumentKey, timeframe: Timeframe): Signal {
  const { rule, side, barTime, price, operands } = finding;
  const values = Object.fromEntries(operands.flatMap(({ text, now }) => (now === undefined ? [] : [[text, now]])));
  return { instrument, timeframe, rule: rule.id, side, barTime, price, values };
}
