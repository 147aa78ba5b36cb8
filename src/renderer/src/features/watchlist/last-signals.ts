import type { Alert } from '../../../../core/alert.ts';
import { DAY_MS, type EpochMs, type InstrumentKey } from '../../../../core/brand.ts';
import type { Side, Signal } from '../../../../core/signal.ts';
import { INTRADAY_MS, isIntraday } from '../../../../core/timeframe.ts';

/** What the badge beside a symbol tells. */
export interface RowSignal {
  readonly side: Side;
  /** `forming` may vanish; `old` has been read, or is half a dozen bars ago: still told, no longer coloured. */
  readonly age: 'forming' | 'fresh' | 'old';
}

const FRESH_BARS = 6;

/**
 * The last signal of each instrument. One that is forming now stands before any that has been.
 * `lastBarTime` is the newest bar the scan has judged.
 */
export function lastSignals(
  alerts: readonly Alert[],
  forming: ReadonlyMap<string, Signal>,
  lastBarTime: EpochMs | undefined,
): ReadonlyMap<InstrumentKey, RowSignal> {
  const signals = new Map<InstrumentKey, RowSignal>();
  for (const { instrument, side } of forming.values()) signals.set(instrument, { side, age: 'forming' });
  for (const { signal, read } of alerts) {
    if (signals.has(signal.instrument)) continue;
    const fresh = !read && !isOld(signal, lastBarTime);
    signals.set(signal.instrument, { side: signal.side, age: fresh ? 'fresh' : 'old' });
  }
  return signals;
}

function isOld({ barTime, timeframe }: Signal, lastBarTime: EpochMs | undefined): boolean {
  if (lastBarTime === undefined) return false;
  const bar = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : DAY_MS;
  return lastBarTime - barTime >= FRESH_BARS * bar;
}
