import type { InstrumentKey } from '../../../core/brand.ts';
import type { Candle } from '../../../core/candle.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import { type NextFrame, paintedFrame } from './painted-frame.ts';

export interface CandleStore {
  receive(candle: Candle, closed: boolean): void;
  /**
   * Bars of one chart as they come: every closed bar, in order, and the forming bar at most once a frame.
   * A closed bar is heard before the forming bar that follows it.
   */
  watch(
    instrument: InstrumentKey,
    timeframe: Timeframe,
    onCandle: (candle: Candle, closed: boolean) => void,
  ): () => void;
  revised(instrument: InstrumentKey): void;
  /** History changed under an open chart: load it again. */
  onRevised(instrument: InstrumentKey, onChange: () => void): () => void;
  /** Another world took over: what waits for the next frame belongs to the old one. */
  clear(): void;
}

type OnCandle = (candle: Candle, closed: boolean) => void;

/** Hands bars on to whoever draws them. It keeps none: a chart asks `candles.load` for the past. */
export function createCandleStore(nextFrame: NextFrame = paintedFrame): CandleStore {
  const watchers = new Map<string, Set<OnCandle>>();
  const revisions = new Map<InstrumentKey, Set<() => void>>();
  /** Bars of the coming frame by chart: any number closed, then at most one forming. */
  const pending = new Map<string, { closed: Candle[]; forming: Candle | undefined }>();

  const flush = (): void => {
    const frame = [...pending];
    pending.clear();
    for (const [chart, { closed, forming }] of frame) {
      for (const onCandle of watchers.get(chart) ?? []) {
        for (const candle of closed) onCandle(candle, true);
        if (forming !== undefined) onCandle(forming, false);
      }
    }
  };

  return {
    receive(candle, closed) {
      const chart = chartOf(candle.instrument, candle.timeframe);
      if ((watchers.get(chart)?.size ?? 0) === 0) return;
      if (pending.size === 0) nextFrame(flush);
      const bars = pending.get(chart) ?? { closed: [], forming: undefined };
      if (closed) {
        bars.closed.push(candle);
        // A forming bar heard before is this very bar, or an older one: the closed bar has the last word.
        if (bars.forming !== undefined && bars.forming.openTime <= candle.openTime) bars.forming = undefined;
      } else {
        bars.forming = candle;
      }
      pending.set(chart, bars);
    },
    watch: (instrument, timeframe, onCandle) => add(watchers, chartOf(instrument, timeframe), onCandle),
    revised(instrument) {
      for (const onChange of revisions.get(instrument) ?? []) onChange();
    },
    onRevised: (instrument, onChange) => add(revisions, instrument, onChange),
    clear() {
      pending.clear();
    },
  };
}

function chartOf(instrument: InstrumentKey, timeframe: Timeframe): string {
  return `${instrument} ${timeframe}`;
}

function add<Key, Listener>(listeners: Map<Key, Set<Listener>>, key: Key, listener: Listener): () => void {
  const set = listeners.get(key) ?? new Set();
  listeners.set(key, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
  };
}
