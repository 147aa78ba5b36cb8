import type { Tick } from '../../src/core/tick.ts';
import type { FeedSink } from '../../src/main/engine/ports.ts';

/** Hands every tick and quote on, and lets the rest pass. A reject throws: frames of the bench make sense. */
export function quietSink(tell: (ticks: readonly Tick[]) => void): FeedSink {
  return {
    ticks: tell,
    quotes: tell,
    bars: () => undefined,
    status: () => undefined,
    progress: () => undefined,
    rejected(reason, detail) {
      throw new Error(`Refused: ${reason}, ${detail}`);
    },
    heard: () => undefined,
    dropped: () => undefined,
    candle: () => undefined,
    order: () => undefined,
  };
}
