import { barAt } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { Clock } from './ports.ts';
import type { ScanDesk } from './scan-desk.ts';
import type { Store } from './store-port.ts';
import type { Track } from './track.ts';

/** Bars that were taken for whole closed after the feed had fallen silent: their signals say so. */
export function markCutShort(
  time: EpochMs,
  {
    store,
    tracks,
    rules,
    alerts,
    clock,
  }: { store: Store; tracks(): Iterable<Track>; rules(): ScanDesk; alerts: AlertDesk; clock: Clock },
): void {
  const until = (clock.now() + 1) as EpochMs;
  let marked = 0;
  for (const { instrument, calendar } of tracks()) {
    for (const timeframe of rules().timeframes) {
      const bar = barAt(time, timeframe, calendar);
      if (bar !== undefined) marked += store.markInputs(instrument.key, timeframe, bar.openTime, until, 'incomplete');
    }
  }
  if (marked > 0) alerts.relist();
}
