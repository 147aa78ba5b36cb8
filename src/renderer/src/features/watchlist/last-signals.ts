import type { Alert } from '../../../../core/alert.ts';
import type { InstrumentKey } from '../../../../core/brand.ts';
import type { Side, Signal } from '../../../../core/signal.ts';

/** What the badge beside a symbol tells. */
export interface RowSignal {
  readonly side: Side;
  readonly forming: boolean;
  readonly read: boolean;
}

/** The last signal of each instrument. One that is forming now stands before any that has been. */
export function lastSignals(
  alerts: readonly Alert[],
  forming: ReadonlyMap<InstrumentKey, Signal>,
): ReadonlyMap<InstrumentKey, RowSignal> {
  const signals = new Map<InstrumentKey, RowSignal>();
  for (const [instrument, { side }] of forming) signals.set(instrument, { side, forming: true, read: false });
  for (const { signal, read } of alerts) {
    if (!signals.has(signal.instrument)) signals.set(signal.instrument, { side: signal.side, forming: false, read });
  }
  return signals;
}
