import type { Database } from 'better-sqlite3';
import type { SignalStore } from '../engine/store-port.ts';
import type { AlertRepository } from './alert-repository.ts';
import type { SignalRepository } from './signal-repository.ts';

/** Marks signals and their alerts together: `SignalStore.markInputs`. A mark gives way to a worse one only. */
export function createInputsMarker(
  db: Database,
  signals: SignalRepository,
  alerts: AlertRepository,
): SignalStore['markInputs'] {
  return db.transaction((...[instrument, timeframe, from, to, inputs]: Parameters<SignalStore['markInputs']>) => {
    const place = { instrument, timeframe, from, to, inputs };
    const marked = [...signals.mark(place), ...alerts.mark(place)];
    // A signal and its alert are one.
    return new Set(marked.map(({ rule, bar_time }) => `${bar_time} ${rule}`)).size;
  }).immediate;
}
