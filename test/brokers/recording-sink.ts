import type { Candle } from '../../src/core/candle.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import type { Tick } from '../../src/core/tick.ts';
import type { FeedSink } from '../../src/main/engine/ports.ts';

/** Keeps everything a feed says. `calls` has one entry for each call, in order. */
export interface RecordingSink extends FeedSink {
  readonly calls: (
    | { readonly type: 'ticks'; readonly ticks: readonly Tick[] }
    | { readonly type: 'bars'; readonly bars: readonly Candle[]; readonly provenance: string }
  )[];
  readonly ticksSeen: readonly Tick[];
  readonly barsSeen: readonly Candle[];
  /** Where instruments stood when the feed began. */
  readonly picturesSeen: readonly Tick[];
  readonly statuses: readonly FeedStatus[];
}

export function recordingSink(onCall: () => void = () => {}): RecordingSink {
  const calls: RecordingSink['calls'][number][] = [];
  const ticksSeen: Tick[] = [];
  const barsSeen: Candle[] = [];
  const picturesSeen: Tick[] = [];
  const statuses: FeedStatus[] = [];
  return {
    calls,
    ticksSeen,
    barsSeen,
    picturesSeen,
    statuses,
    ticks(ticks) {
      calls.push({ type: 'ticks', ticks });
      ticksSeen.push(...ticks);
      onCall();
    },
    bars(bars, provenance) {
      calls.push({ type: 'bars', bars, provenance });
      barsSeen.push(...bars);
      onCall();
    },
    quotes: (ticks) => picturesSeen.push(...ticks),
    status: (status) => statuses.push(status),
    progress() {},
    rejected: (reason, detail) => {
      throw new Error(`Nothing of ours is refused, but ${reason}: ${detail}`);
    },
    heard() {},
    dropped() {},
    candle() {},
    order() {},
  };
}
