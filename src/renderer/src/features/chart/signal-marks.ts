import type { Alert } from '../../../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../../../core/brand.ts';
import { type Side, type Signal, signalId } from '../../../../core/signal.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';

/** A signal as the chart marks it. */
export interface SignalMark {
  /** The alert's identity, or the forming signal's. */
  readonly id: string;
  readonly openTime: EpochMs;
  readonly side: Side;
  /** The bar has not closed: the mark is hollow and may vanish. */
  readonly forming: boolean;
}

/** The marks of one chart, oldest first. A bar with an alert needs no forming mark beside it. */
export function signalMarks(
  alerts: readonly Alert[],
  formingSignals: ReadonlyMap<string, Signal>,
  instrument: InstrumentKey,
  timeframe: Timeframe,
): readonly SignalMark[] {
  const isHere = (signal: Signal): boolean => signal.instrument === instrument && signal.timeframe === timeframe;
  const marks = alerts
    .filter(({ signal }) => isHere(signal))
    .map(({ id, signal }) => ({ id, openTime: signal.barTime, side: signal.side, forming: false }));
  for (const forming of formingSignals.values()) {
    if (isHere(forming) && !marks.some(({ openTime }) => openTime === forming.barTime))
      marks.push({ id: signalId(forming), openTime: forming.barTime, side: forming.side, forming: true });
  }
  return marks.sort((a, b) => a.openTime - b.openTime);
}
